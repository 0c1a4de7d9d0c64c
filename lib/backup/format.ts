import "server-only";
import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Env } from "@/lib/kernel/env";
import { deriveKey } from "@/lib/kernel/secret-key";
import type { Table } from "./tables";

export const FORMAT = "latchkey-backup/1";

export type KeySettings = Pick<Env, "dataDir" | "secretKey">;

/** The first line: what the rest is, and what it was taken from. */
export interface Header {
  format: typeof FORMAT;
  /** By the clock of the database. */
  createdAt: string;
  migrations: { name: string; checksum: string }[];
  /** Of the secret key, which is not in the file. */
  keyFingerprint: string;
  /** The heads of the logs, how many events wait to be sealed, and the newest checkpoint of each. */
  logs: { logId: string; epoch: number; size: number; waiting: number; checkpoint: string | null }[];
  tables: Table[];
}

/** The line after the rows of all tables: how many there are of each, and the SHA-256 of their lines. */
export interface Summary {
  tables: Record<string, { rows: number; sha256: string }>;
}

/**
 * What stands over the whole file: a SHA-256 that anybody can check, and an HMAC that only who has the secret key can
 * make, so that nobody else's rows are taken for a backup.
 */
export class Seal {
  readonly #hash: Hash = createHash("sha256");
  readonly #hmac: Hmac;

  constructor(settings: KeySettings) {
    this.#hmac = createHmac("sha256", deriveKey("backup", settings));
  }

  add(line: Uint8Array | string): void {
    this.#hash.update(line);
    this.#hmac.update(line);
  }

  /** The last line. */
  close(): string {
    return `${JSON.stringify({ sha256: this.#hash.digest("hex"), hmac: this.#hmac.digest("hex") })}\n`;
  }
}

export const fingerprintOf = (settings: KeySettings) => deriveKey("fingerprint", settings).toString("hex");

const NEWLINE = 0x0a;
const LINE_AT_MOST = 64 * 1024 * 1024;

/** The lines of a file, byte by byte as they stand, each with its newline; the last one may lack it. */
export async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const end = chunk.subarray(from, at + 1);
      yield rest.length > 0 ? Buffer.concat([...rest, end]) : end;
      rest = [];
      length = 0;
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LINE_AT_MOST) throw new Error("This is no backup of Latchkey: its lines have no end.");
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
