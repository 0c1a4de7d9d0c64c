import { z } from "zod";
import { OUTCOMES } from "@/lib/audit/schema";
import { REPORTED_ACTION } from "@/lib/kernel/actions";
import { idOf } from "@/lib/kernel/ids";
import { text } from "@/lib/kernel/text";
import { Address } from "@/lib/verification/schema";

const EVENTS_AT_MOST = 1000;
const DETAILS_AT_MOST = 4096;
const DEEPEST = 5;

/** Printable, and no place for a credential: what names an event is compared, so it is not masked. */
const Reference = z
  .string()
  .regex(
    /^(?!.*lk[a-z]_[0-9A-Za-z]{42})[\x21-\x7e]{1,100}$/,
    "takes 1 to 100 printable characters without spaces, and no credential",
  );

const Details = z.record(z.string(), z.unknown()).superRefine((details, check) => {
  const flaw = flawOf(details, DEEPEST) ?? (isLong(details) ? LONG : undefined);
  if (flaw !== undefined) check.addIssue({ code: "custom", message: flaw });
});

const DEEP = `may be ${DEEPEST} levels deep, of text without control characters`;
const LONG = `takes at most ${DETAILS_AT_MOST} characters of JSON`;
const NUMBER = "takes the number 0 and those from 0.000001 to 1000000000000000, with either sign: send others as text";

const isLong = (details: object) => JSON.stringify(details).length > DETAILS_AT_MOST;

/** What keeps the database from storing it, found without going deeper than allowed. */
function flawOf(value: unknown, levels: number): string | undefined {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0") ? undefined : DEEP;
  if (typeof value === "number") return isPlainNumber(value) ? undefined : NUMBER;
  if (typeof value !== "object" || value === null) return undefined;
  if (levels === 0) return DEEP;
  for (const [key, each] of Object.entries(value)) {
    const flaw = flawOf(key, 0) ?? flawOf(each, levels - 1);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** The database writes numbers out: 9e307 would be 308 digits in the trail, in every export and in every delivery. */
const isPlainNumber = (value: number) => value === 0 || (Math.abs(value) >= 1e-6 && Math.abs(value) <= 1e15);

/** What a credential did, or was refused, at a protected API. */
export const ReportedEvent = z.strictObject({
  /** The caller's own id of the event: reported again, it is not stored twice while the trail has it. */
  id: Reference.optional(),
  /** The value that was presented, or the id of its API key, access token or login. */
  credential: z.string().max(200, "takes at most 200 characters"),
  action: z.string().regex(REPORTED_ACTION, "must be a name such as api.orders.refunded"),
  /** 1 create, 2 update, 3 delete, 4 publish, 5 unpublish. */
  verb: z.int().min(1, "must be a number from 1 to 5").max(5, "must be a number from 1 to 5"),
  target: z.strictObject({
    type: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, "must be a lowercase word such as order"),
    id: text(1, 200).optional(),
    name: text(1, 200),
  }),
  /** Where it happened; by itself the instance of the access token that did it. */
  instance: idOf("instance").optional(),
  outcome: z.enum(OUTCOMES, "must be allowed, denied or failed"),
  /** When it happened; by itself the time of the report. */
  occurredAt: z.iso.datetime({ offset: true, error: "must be a time such as 2026-11-21T00:00:00Z" }).optional(),
  requestId: Reference.optional(),
  ip: Address.optional(),
  userAgent: text(0, 300).optional(),
  details: Details.optional(),
});
export type ReportedEvent = z.infer<typeof ReportedEvent>;

export const ReportEvents = z.union([
  ReportedEvent,
  z.array(ReportedEvent).min(1, "must hold an event").max(EVENTS_AT_MOST, `holds ${EVENTS_AT_MOST} events at most`),
]);
export type ReportEvents = z.infer<typeof ReportEvents>;

/** What became of a reported event: it is on the trail under this id, from now on or from an earlier report. */
export interface Receipt {
  ZUID: string;
  id: string | null;
  status: "stored" | "repeated";
}
