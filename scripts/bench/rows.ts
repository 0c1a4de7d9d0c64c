import type { World } from "./world";

/** One line of the report. */
export interface Figure {
  figure: string;
  ours: string;
  /** What was measured in the same run, in turns with ours. */
  reference?: string;
  ratio?: string;
  target: string;
  isMet: boolean;
}

export interface Row {
  /** What `npm run bench -- <name>` runs. */
  name: string;
  /** `details` is more than a line: Markdown for the end of the report. */
  measure(world: World): Promise<{ figures: Figure[]; details?: string }>;
}

/** So many rounds of each, in turns: what slows the machine for a while slows both. */
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
