import { fromBase64, toBase64 } from "./base64";
import type { Hash } from "./merkle";

/** What a checkpoint states (C2SP tlog-checkpoint): the tree of this log's first `size` events has this root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Hash;
}

/** A log that lost its end in a restore goes on under another origin, so that it contradicts nothing it signed. */
export const originOf = (logId: string, epoch: number): string =>
  epoch === 1 ? `latchkey/${logId}` : `latchkey/${logId}/${epoch}`;

/** The log and the epoch of an origin; undefined for one that `originOf` would not write. */
export function readOrigin(origin: string): { log: string; epoch: number } | undefined {
  const [, log, epoch = "1"] = /^latchkey\/([^/\n]+)(?:\/([1-9]\d{0,9}))?$/.exec(origin) ?? [];
  return log && originOf(log, Number(epoch)) === origin ? { log, epoch: Number(epoch) } : undefined;
}

/** The text that is signed. */
export const checkpointBody = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** Throws an Error when the text is no checkpoint. Further lines may follow, as the format allows. */
export function parseCheckpoint(body: string): Checkpoint {
  const [, origin = "", size = "", encoded = ""] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n/.exec(body) ?? [];
  if (!origin || !Number.isSafeInteger(Number(size))) throw new Error("not a checkpoint");
  const root = fromBase64(encoded);
  if (root.length !== 32) throw new Error("the root of the checkpoint is not 32 bytes long");
  return { origin, size: Number(size), root };
}

const ROTATION = "latchkey-key-rotation";

/** What the old key signs when another takes its place, so that who trusts the first key can follow. */
export const endorsementBody = (oldVkey: string, newVkey: string): string => `${ROTATION}\n${oldVkey}\n${newVkey}\n`;
