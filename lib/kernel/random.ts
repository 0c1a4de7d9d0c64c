import { randomFillSync } from "node:crypto";

/** Drawn many at a time: asking for a few costs nearly as much as asking for all of these. */
const POOL = Buffer.alloc(4096);
let used = POOL.length;

/** Random bytes that nobody was given before; the pool keeps no copy. */
export function randomBytes(length: number): Buffer {
  if (length > POOL.length) return randomFillSync(Buffer.alloc(length));
  if (used + length > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  const bytes = Buffer.from(POOL.subarray(used, used + length));
  POOL.fill(0, used, used + length);
  used += length;
  return bytes;
}

/** Uniformly random text: bytes beyond the largest multiple of the alphabet are drawn again, so no character is favored. */
export function randomText(alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
