import { countEvents, listEvents } from "@/lib/audit/queries";
import { FilterEvents, ListEvents } from "@/lib/audit/schema";
import type { Ctx } from "@/lib/kernel/ctx";
import { toAppError } from "@/lib/kernel/errors";
import { percentile } from "../bench/figures";
import type { Combination } from "./combinations";

export interface Timed {
  name: string;
  /** Null: not counted. Refused: after some events were looked at in vain, with the advice to narrow it. */
  total: number | null | "refused";
  page: number[];
  deep: number[];
  histogram: number[];
}

/** Server time of the first page, of one so many pages behind it, and of the histogram, so many times each. */
export async function timed(ctx: Ctx, { name, query }: Combination, times: number, deepAt: number): Promise<Timed> {
  const asked = ListEvents.parse(query);
  const { total, nextCursor } = await listed(ctx, asked);
  let cursor = nextCursor;
  for (let page = 1; page < deepAt && cursor !== null; page += 1) {
    cursor = (await listed(ctx, { ...asked, limit: 100, cursor })).nextCursor ?? cursor;
  }
  const deep = cursor === null ? asked : { ...asked, cursor };
  const result: Timed = { name, total, page: [], deep: [], histogram: [] };
  const filters = FilterEvents.parse(query);
  for (let round = 0; round < times; round += 1) {
    result.page.push(await clocked(() => listed(ctx, asked)));
    result.deep.push(await clocked(() => listed(ctx, deep)));
    result.histogram.push(await clocked(() => countEvents(ctx, filters)));
  }
  return result;
}

/** A refusal is an answer, too. */
const listed = (ctx: Ctx, query: ListEvents) =>
  listEvents(ctx, query).catch((error: unknown) => {
    if (toAppError(error).code !== "invalid_input") throw error;
    return { total: "refused" as const, nextCursor: null };
  });

async function clocked(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export const p50 = (times: number[]) => percentile(times, 50);
export const p95 = (times: number[]) => percentile(times, 95);
