import { randomBytes } from "node:crypto";

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
