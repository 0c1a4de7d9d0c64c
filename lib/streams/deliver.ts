import "server-only";
import { DAY } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import type { EventStream } from "@/prisma/generated/client";
import { pauseFailing } from "./pause";
import { PATIENCE_DAYS } from "./schema";
import { type Batch, type Outcome, send } from "./send";

/** Longer than an attempt takes, so that no two are under way; after a crash another process goes on then. */
const LEASE_SECONDS = 30;
/** Deliveries of one organization under way, so that a process has one left for the others. */
const OF_ONE_ORGANIZATION = 3;
const EVENTS_AT_ONCE = 200;
const CHARACTERS_AT_ONCE = 400_000;
const LONGEST_PAUSE_SECONDS = 3600;
const KEPT_DELIVERIES = 100;

interface Claim {
  id: string;
  leaseEndsAt: Date;
  now: Date;
}

/**
 * Delivers the next batch of one stream that is due. False when none is. The cursor moves only after an attempt that
 * succeeded: each event arrives at least once, and in its order.
 */
export async function deliverNext(): Promise<boolean> {
  const claim = await claimDue();
  if (!claim) return false;
  const stream = await db().eventStream.findUnique({ where: { id: claim.id } });
  if (!stream) return true;
  const batch = await readBatch(stream);
  const outcome = batch.records.length > 0 ? await send(stream, batch, claim.now) : undefined;
  if (outcome?.error != null) await keepFailure(stream, claim, outcome, batch);
  else await keepSuccess(claim, batch, outcome);
  return true;
}

/**
 * Of those with events they have not delivered the one that has waited longest, for this process alone while the lease
 * lasts.
 */
async function claimDue(): Promise<Claim | undefined> {
  const [claimed] = await db().$queryRaw<Claim[]>`
    update event_stream set lease_ends_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    where id = (
      select s.id from event_stream s join audit_log l on l.log_id = s.organization_id
      where s.paused_at is null and s.next_attempt_at <= clock_timestamp() and s.lease_ends_at <= clock_timestamp()
        and s.cursor < l.size
        and (select count(*) from event_stream o where o.organization_id = s.organization_id
          and o.lease_ends_at > clock_timestamp()) < ${OF_ONE_ORGANIZATION}
      order by s.next_attempt_at limit 1
      for update of s skip locked)
    returning id, lease_ends_at as "leaseEndsAt", clock_timestamp() as now`;
  return claimed;
}

/** What is archived is no more in the log: a gap in the numbers that the receiver sees. */
async function readBatch({ organizationId, cursor }: EventStream): Promise<Batch> {
  // Before the leaves: what is sealed between the two is not skipped.
  const { size } = await db().auditLog.findUniqueOrThrow({ where: { logId: organizationId } });
  const leaves = await db().auditLeaf.findMany({
    where: { logId: organizationId, seq: { gte: cursor } },
    orderBy: { seq: "asc" },
    take: EVENTS_AT_ONCE,
  });
  let characters = 0;
  const fitting = leaves.filter(({ record }, i) => (characters += record.length) <= CHARACTERS_AT_ONCE || i === 0);
  const last = fitting.at(-1)?.seq;
  return {
    from: fitting[0]?.seq ?? cursor,
    to: last === undefined ? size : last + 1n,
    records: fitting.map(({ record }) => record),
  };
}

/** Whoever lost the lease meanwhile changes nothing: another process goes on from where the cursor stands. */
async function keepSuccess(claim: Claim, batch: Batch, outcome: Outcome | undefined): Promise<void> {
  const kept = await db().eventStream.updateMany({
    where: { id: claim.id, leaseEndsAt: claim.leaseEndsAt },
    data: {
      cursor: batch.to,
      failures: 0,
      failingSince: null,
      leaseEndsAt: new Date(0),
      // Those that wait come first.
      nextAttemptAt: claim.now,
      ...(outcome && { deliveredAt: claim.now }),
    },
  });
  if (kept.count === 1 && outcome) await keepDelivery(claim.id, batch, outcome);
}

async function keepFailure(stream: EventStream, claim: Claim, outcome: Outcome, batch: Batch): Promise<void> {
  const failures = stream.failures + 1;
  const seconds = Math.min(2 ** failures, LONGEST_PAUSE_SECONDS);
  const failingSince = stream.failingSince ?? claim.now;
  const kept = await db().eventStream.updateMany({
    where: { id: claim.id, leaseEndsAt: claim.leaseEndsAt },
    data: {
      failures,
      failingSince,
      nextAttemptAt: new Date(claim.now.getTime() + seconds * 1000),
      leaseEndsAt: new Date(0),
    },
  });
  if (kept.count === 0) return;
  await keepDelivery(claim.id, batch, outcome);
  if (claim.now.getTime() - failingSince.getTime() >= PATIENCE_DAYS * DAY)
    await pauseFailing(stream, outcome.error ?? "");
}

/** Keeps what an attempt came to, and forgets the oldest. */
export async function keepDelivery(streamId: string, { from, to }: Batch, outcome: Outcome): Promise<void> {
  await db().streamDelivery.create({ data: { streamId, fromSeq: from, toSeq: to, ...outcome } });
  await db().$executeRaw`
    delete from stream_delivery where stream_id = ${streamId} and number <= (
      select number from stream_delivery where stream_id = ${streamId}
      order by number desc offset ${KEPT_DELIVERIES} limit 1)`;
}
