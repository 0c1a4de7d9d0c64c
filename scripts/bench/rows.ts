import type { World } from "./world";

/** One line of the report. */
export interface Figure {
  figure: string;
  ours: string;
  /** What was measured beside it, in turns with it. */
  reference: string;
  ratio: string;
  target: string;
  isMet: boolean;
}

export interface Row {
  /** What `npm run bench -- <name>` runs. */
  name: string;
  measure(world: World): Promise<Figure[]>;
}

/** The same number of rounds of each, in turns: what slows the machine for a while slows both. */
export async function inTurns<R, O>(
  rounds: number,
  reference: () => Promise<R>,
  ours: () => Promise<O>,
): Promise<[R[], O[]]> {
  const [references, own]: [R[], O[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    references.push(await reference());
    own.push(await ours());
  }
  return [references, own];
}
