import { countEvents, listEvents } from "@/lib/audit/queries";
import { FilterEvents, ListEvents } from "@/lib/audit/schema";
import type { Ctx } from "@/lib/kernel/ctx";
import { percentile } from "../bench/figures";
import type { Combination } from "./combinations";

export interface Timed {
  name: string;
  total: number | null;
  page: number[];
  deep: number[];
  histogram: number[];
}

/** Server time of the first page, of one so many pages behind it, and of the histogram, so many times each. */
export async function timed(ctx: Ctx, { name, query }: Combination, times: number, deepAt: number): Promise<Timed> {
  const asked = ListEvents.parse(query);
  const { total, nextCursor } = await listEvents(ctx, asked);
  let cursor = nextCursor;
  for (let page = 1; page < deepAt && cursor !== null; page += 1) {
    cursor = (await listEvents(ctx, { ...asked, limit: 100, cursor })).nextCursor ?? cursor;
  }
  const deep = cursor === null ? asked : { ...asked, cursor };
  const result: Timed = { name, total, page: [], deep: [], histogram: [] };
  const filters = FilterEvents.parse(query);
  for (let round = 0; round < times; round += 1) {
    result.page.push(await clocked(() => listEvents(ctx, asked)));
    result.deep.push(await clocked(() => listEvents(ctx, deep)));
    result.histogram.push(await clocked(() => countEvents(ctx, filters)));
  }
  return result;
}

async function clocked(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export const p50 = (times: number[]) => percentile(times, 50);
export const p95 = (times: number[]) => percentile(times, 95);
