import "server-only";
import type { Db, Tx } from "./db";

/**
 * The database's clock at this moment, also inside a transaction: the only one that decides an expiry,
 * so that many processes agree.
 */
export async function databaseNow(client: Db | Tx): Promise<Date> {
  const [row] = await client.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  if (!row) throw new Error("The database did not tell its time.");
  return row.now;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds since 1970: what is compared on every request is no Date, of which Next makes its own. */
export const msOf = <T extends Date | null>(time: T) =>
  (time ? time.getTime() : null) as T extends Date ? number : number | null;

export const addMinutes = (time: Date, minutes: number) => new Date(time.getTime() + minutes * MINUTE);
export const addHours = (time: Date, hours: number) => new Date(time.getTime() + hours * HOUR);
