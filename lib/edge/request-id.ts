import { randomFillSync } from "node:crypto";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH = 20;
/** Each call for random bytes costs as much as a thousand of them. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** An id to find an answer in the log by: no secret, so a slightly uneven choice of characters does not matter. */
export function newRequestId(): string {
  if (used + LENGTH > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let id = "req_";
  for (const end = used + LENGTH; used < end; used++) id += BASE62[(pool[used] as number) % 62];
  return id;
}
