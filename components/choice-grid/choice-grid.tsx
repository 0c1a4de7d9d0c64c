"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { Cell, Line } from "@/components/choice-grid/cell";
import { type ChoiceRow, edgeOf, firstOf, nextOf, type Place } from "@/components/choice-grid/places";

export type Wish = "next" | "yes" | "no" | "open";

interface ChoiceGridProps {
  label: string;
  corner: string;
  columns: readonly string[];
  rows: readonly ChoiceRow[];
  isReadOnly?: boolean;
  /** Answers what is read out after it. */
  onWish: (row: string, column: number, wish: Wish) => string | undefined;
}

const KEYS: Record<string, Wish> = { " ": "next", a: "yes", "+": "yes", d: "no", "-": "no", i: "open", "0": "open" };
const STEPS: Record<string, Place> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Rows by columns of choices; one stop of the Tab key, walked with the arrows, as a grid of WAI-ARIA. */
export function ChoiceGrid({ label, corner, columns, rows, isReadOnly = false, onWish }: ChoiceGridProps) {
  const [asked, setActive] = useState<Place>([0, 0]);
  const [spoken, setSpoken] = useState("");
  const body = useRef<HTMLTableSectionElement>(null);
  const active = rows[asked[0]]?.cells[asked[1]] ? asked : firstOf(rows);
  const shown = rows[active[0]]?.cells[active[1]];

  function moveTo(next: Place) {
    setActive(next);
    body.current?.querySelector<HTMLElement>(`[data-cell="${next.join()}"]`)?.focus();
  }

  function act(row: number, column: number, wish: Wish) {
    const id = rows[row]?.id;
    if (id === undefined || isReadOnly) return;
    setSpoken(onWish(id, column, wish) ?? "");
  }

  function onKeyDown(event: KeyboardEvent) {
    // By where the focus is: it may have come before the page had taken over.
    const place = (event.target as HTMLElement).dataset.cell?.split(",").map(Number);
    if (event.metaKey || event.ctrlKey || event.altKey || !place) return;
    const [row = 0, column = 0] = place;
    const wish = KEYS[event.key.toLowerCase()];
    const step = STEPS[event.key];
    if (wish) act(row, column, wish);
    else if (step) moveTo(nextOf(rows, [row, column], step) ?? [row, column]);
    else if (event.key === "Home") moveTo(edgeOf(rows, row, 1) ?? [row, column]);
    else if (event.key === "End") moveTo(edgeOf(rows, row, -1) ?? [row, column]);
    else return;
    event.preventDefault();
  }

  return (
    <div className="min-w-0">
      <table
        role="grid"
        aria-label={label}
        aria-readonly={isReadOnly || undefined}
        onKeyDown={onKeyDown}
        className="w-full table-fixed border-separate border-spacing-0 text-s"
      >
        <thead>
          <tr role="row" className="text-ink-3">
            <th
              role="columnheader"
              scope="col"
              className="h-8 w-[34%] border-b pl-4 text-left font-medium max-sm:w-[29%] max-sm:pl-3"
            >
              {corner}
            </th>
            {columns.map((column) => (
              <th
                key={column}
                role="columnheader"
                scope="col"
                className="border-b text-center font-medium max-sm:text-xs"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map(({ id, header, cells, part }, row) => (
            <Line key={id} header={header} part={part} span={columns.length + 1}>
              {cells.map((cell, column) => (
                <Cell
                  key={columns[column]}
                  place={`${row},${column}`}
                  cell={cell}
                  isActive={row === active[0] && column === active[1]}
                  isReadOnly={isReadOnly}
                  onFocus={() => setActive([row, column])}
                  onPress={() => act(row, column, "next")}
                />
              ))}
            </Line>
          ))}
        </tbody>
      </table>
      <p className="border-t bg-sunken px-4 py-2 text-xs text-ink-2 max-sm:px-3">
        <b className="font-medium first-letter:uppercase">{shown?.label}</b>
        {shown?.lock && ` — ${shown.lock}`}
      </p>
      <p role="status" className="sr-only">
        {spoken}
      </p>
    </div>
  );
}
