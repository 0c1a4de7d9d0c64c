import { z } from "zod";
import { ACTIONS, type Action, REPORTED_ACTION, type ReportedAction } from "@/lib/kernel/actions";
import { idOf } from "@/lib/kernel/ids";
import { listQuery, SearchText } from "@/lib/kernel/list-query";

export const EventId = z.object({ event: idOf("event") });

const ACTION_NAMES = Object.keys(ACTIONS);
/** One of ours, or one that a protected API has named. */
const ActionName = z.custom<Action | ReportedAction>(
  (name) => typeof name === "string" && (ACTION_NAMES.includes(name) || REPORTED_ACTION.test(name)),
  "must be the name of an action, such as key.revoked; docs/audit-actions.md lists them",
);
export const plain = z
  .string()
  .trim()
  .max(200)
  .refine((value) => !value.includes("\0") && value.isWellFormed(), "must not contain control characters");
/** Of a date or time: beyond these years the database and JavaScript write times in different ways. */
export function isInReach(value: string): boolean {
  return value >= "0002" && value < "9999";
}
export const time = z.iso
  .datetime({ offset: true, error: "must be a time such as 2026-11-21T00:00:00Z" })
  .refine(isInReach, "is before or after every event");

export const OUTCOMES = ["allowed", "denied", "failed"] as const;
export const ACTOR_TYPES = ["user", "api_key", "access_token", "login_token", "system"] as const;

const PRESET_HOURS = { "1h": 1, "24h": 24, "7d": 168, "30d": 720, "90d": 2160, "1y": 8760 } as const;
const PRESETS = Object.keys(PRESET_HOURS) as (keyof typeof PRESET_HOURS)[];

/** A preset that moves with the clock, or an interval of ISO 8601 such as `2026-11-01T00:00:00Z/..` with an open end. */
export const TimeRange = z.union([
  z.enum(PRESETS),
  z
    .string()
    .transform((interval) => interval.split("/"))
    .pipe(z.tuple([z.union([z.literal(".."), time]), z.union([z.literal(".."), time])])),
]);

/** From when (inclusive) until when (exclusive) the range reaches. */
export function boundsOf(range: z.infer<typeof TimeRange> | undefined, now: Date): { from?: string; to?: string } {
  if (range === undefined) return {};
  if (typeof range === "string")
    return { from: new Date(now.getTime() - PRESET_HOURS[range] * 3_600_000).toISOString() };
  const [from, to] = range;
  return { ...(from !== ".." && { from }), ...(to !== ".." && { to }) };
}

/** Filters of the trail: each narrows, all in the URL. `action` takes several, separated by commas. */
const FILTERS = {
  q: SearchText.transform((text) => text || undefined).optional(),
  from: time.optional(),
  to: time.optional(),
  time: TimeRange.optional(),
  actor: plain.optional(),
  actorType: z.enum(ACTOR_TYPES).optional(),
  action: z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(ActionName).min(1).max(50))
    .optional(),
  target: plain.optional(),
  app: idOf("app").optional(),
  instance: idOf("instance").optional(),
  outcome: z.enum(OUTCOMES).optional(),
  ip: plain.optional(),
  request: plain.optional(),
};

export const FilterEvents = z.strictObject(FILTERS);
type FilterEvents = z.infer<typeof FilterEvents>;

export const ListEvents = listQuery(["position"]).extend(FILTERS);
export type ListEvents = z.infer<typeof ListEvents>;

/** A filter whose times are absolute. */
export type EventFilter = Omit<FilterEvents, "time"> & { verb?: number };

/** With `time` as the moments it means now. */
export function filterAt({ time, ...filter }: FilterEvents, now: Date): EventFilter {
  const { from = filter.from, to = filter.to } = boundsOf(time, now);
  return {
    ...filter,
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
}

export const ExportEvents = FilterEvents.extend({ format: z.enum(["csv", "jsonl"]) });
export type ExportEvents = z.infer<typeof ExportEvents>;

/** What the explorer's address says. */
export const ExploreEvents = ListEvents.omit({ from: true, to: true }).extend({
  event: idOf("event").optional(),
});

/** How many events there are in each span of a time range. */
export interface Histogram {
  /** When the first span begins, and how long each is. */
  from: string;
  stepSeconds: number;
  /** Oldest first; null where counting would take long. */
  counts: number[] | null;
}

/** One immutable record. `occurredAt` is ISO 8601 in UTC, to the microsecond. */
export interface EventRecord {
  ZUID: string;
  /** Its place in the sealed log; null while it waits to be sealed. */
  seq: number | null;
  occurredAt: string;
  actor: { type: (typeof ACTOR_TYPES)[number]; ZUID: string | null; name: string };
  action: Action | ReportedAction;
  verb: number;
  target: { type: string; ZUID: string | null; name: string };
  appZUID: string | null;
  instanceZUID: string | null;
  outcome: (typeof OUTCOMES)[number];
  reason: string | null;
  requestId: string;
  ip: string;
  userAgent: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** Of an event that a protected API reported: the id it gave it, and the credential that reported it. */
  externalId: string | null;
  reportedBy: string | null;
}

const treeSize = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** The newest checkpoint, unless a size names an earlier one. */
export const FindCheckpoint = z.strictObject({ size: treeSize.optional() });
export type FindCheckpoint = z.infer<typeof FindCheckpoint>;

/** Of an event by its id or its place, in the tree of a checkpoint's size; or of the tree of `from` events in that of `to`. */
export const ReadProof = z
  .strictObject({
    event: idOf("event").optional(),
    seq: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    size: treeSize.optional(),
    from: treeSize.optional(),
    to: treeSize.optional(),
  })
  .refine(
    ({ event, seq, from, size, to }) =>
      [event, seq, from].filter((one) => one !== undefined).length === 1 &&
      (from === undefined ? to === undefined : size === undefined),
    "give one of event, seq (each with an optional size) or from (with an optional to)",
  );
export type ReadProof = z.infer<typeof ReadProof>;

/** A public key of the log and, unless it is the first, the note in which the one before it names it. */
export interface PublishedKey {
  vkey: string;
  endorsement: string | null;
}

/** What was signed: the note itself, and what it says. Hashes are base64. */
export interface CheckpointRecord {
  log: string;
  origin: string;
  size: number;
  root: string;
  signedAt: string;
  note: string;
  keys: PublishedKey[];
}

/** RFC 9162, 2.1.3: the record's bytes are the leaf; `checkpoint` is the note that states the root of `size` leaves. */
export interface InclusionProof {
  log: string;
  event: string | null;
  seq: number;
  /** Null when the event is in an archive. */
  record: string | null;
  size: number;
  hashes: string[];
  checkpoint: string;
  keys: PublishedKey[];
}

/** RFC 9162, 2.1.4. */
export interface ConsistencyProof {
  log: string;
  from: number;
  to: number;
  hashes: string[];
}
