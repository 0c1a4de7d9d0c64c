import { z } from "zod";
import { type CheckpointRecord, FilterEvents } from "./schema";

const place = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A range of places of the log, half open, and filters: with any of them the bundle is not complete. */
export const ExportBundle = FilterEvents.extend({ fromSeq: place.optional(), toSeq: place.optional() });
export type ExportBundle = z.infer<typeof ExportBundle>;

/** What came out when the events from a place up to the size of a checkpoint were verified. */
export const ReportVerification = z.strictObject({
  size: place,
  from: place.default(0),
  result: z.enum(["verified", "failed"]),
  /** Whether it was a bundle kept as a file, rather than what the server sends now. */
  bundle: z.boolean().default(false),
  /** False where only some of the events between the two were there. */
  isComplete: z.boolean().default(true),
});
export type ReportVerification = z.infer<typeof ReportVerification>;

/** What was signed, without the keys. */
export type StatedCheckpoint = Omit<CheckpointRecord, "keys">;

/** A place outside the database that checkpoints are copied to, and how much of one log it was told. */
export interface SinkRecord {
  kind: string;
  place: string;
  /** Checkpoints that it was not told of yet; 1,000 stands for more. */
  behind: number;
  toldAt: string | null;
  toldSize: number | null;
}

/** How one log is sealed. */
export interface Integrity {
  log: string;
  size: number;
  epoch: number;
  /** Events that no checkpoint has yet. */
  waiting: number;
  /** How many events, from the first on, are in archives. */
  archived: number;
  /** The newest first. A key that is not endorsed began anew. */
  keys: { vkey: string; fingerprint: string; since: string; isEndorsed: boolean }[];
  sinks: SinkRecord[];
}

/** The checkpoints of trees smaller than a size, so many at once. */
export const ListCheckpoints = z.strictObject({
  before: place.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(10),
});
export type ListCheckpoints = z.infer<typeof ListCheckpoints>;
