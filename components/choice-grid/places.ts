import type { ReactNode } from "react";

export interface Choice {
  /** Said here, or (faint) what follows from elsewhere. */
  look: "yes" | "no" | "faint-yes" | "faint-no" | "open";
  /** All there is to know of it, as it is read out: "content, publish: denied, base role allows". */
  label: string;
  isChanged?: boolean;
  /** Why it stays as it is. */
  lock?: string;
}

export interface ChoiceRow {
  id: string;
  header: ReactNode;
  /** One per column; undefined where there is nothing to choose. */
  cells: readonly (Choice | undefined)[];
  /** Begins a part of the grid with this title. */
  part?: string;
}

/** Where a choice stands. */
export type Place = readonly [row: number, column: number];

export const firstOf = (rows: readonly ChoiceRow[]): Place => {
  const row = rows.findIndex(({ cells }) => cells.some(Boolean));
  return edgeOf(rows, row, 1) ?? [0, 0];
};

/** The next place that has a choice, in that direction. */
export function nextOf(rows: readonly ChoiceRow[], [row, column]: Place, [down, right]: Place): Place | undefined {
  let [y, x] = [row + down, column + right];
  while (rows[y] && x >= 0 && x < (rows[y]?.cells.length ?? 0)) {
    if (rows[y]?.cells[x]) return [y, x];
    y += down;
    x += right;
  }
  return undefined;
}

/** The first or last choice of a row. */
export function edgeOf(rows: readonly ChoiceRow[], row: number, direction: 1 | -1): Place | undefined {
  const width = rows[row]?.cells.length ?? 0;
  return nextOf(rows, [row, direction === 1 ? -1 : width], [0, direction]);
}
