import "server-only";
import { createHash } from "node:crypto";
import { db, type Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { networkOf } from "@/lib/kernel/networks";

export interface Bucket {
  digest: Uint8Array<ArrayBuffer>;
  /** Failures allowed per window. */
  threshold: number;
  windowMinutes: number;
}

const ADDRESS_THRESHOLD = 50;
/** The share of attempts that also remove the buckets whose window has ended. */
const SWEEP_SHARE = 0.01;

/**
 * Charges one attempt to every bucket before the password is looked at, so that parallel attempts
 * cannot slip past the count. True when all had room; the first full one ends it, so that whoever has
 * used up an address cannot go on to fill accounts. A bucket opens again when its window ends. Kept in the database: a restart or another process resets
 * nothing. Charged in a transaction, the attempt counts if that is committed.
 */
export async function chargeAttempt(buckets: Bucket[], on: Tx = db()): Promise<boolean> {
  if (Math.random() < SWEEP_SHARE) await on.$executeRaw`delete from login_throttle where window_ends < now()`;
  for (const { digest, threshold, windowMinutes } of buckets) {
    const [row] = await on.$queryRaw<{ failures: number }[]>`
      insert into login_throttle as t (bucket, failures, window_ends)
      values (${digest}, 1, now() + ${windowMinutes} * interval '1 minute')
      on conflict (bucket) do update set
        failures = case when t.window_ends <= now() then 1 else least(t.failures + 1, ${threshold} + 1) end,
        window_ends = case
          when t.window_ends <= now() or t.failures + 1 = ${threshold} then now() + ${windowMinutes} * interval '1 minute'
          else t.window_ends end
      returning failures`;
    if ((row?.failures ?? 0) > threshold) return false;
  }
  return true;
}

/** The same for what is answered alike however often it fails. Throws `too_many_requests` with what the caller is told. */
export async function requireAttempt(bucket: Bucket, detail: string, on?: Tx): Promise<void> {
  if (await chargeAttempt([bucket], on)) return;
  throw new AppError("too_many_requests", detail, { retryAfterSeconds: bucket.windowMinutes * 60 });
}

/** Forgets the failures of the buckets: the right password was given. */
export async function clearAttempts(buckets: Bucket[]): Promise<void> {
  await db().loginThrottle.deleteMany({ where: { bucket: { in: buckets.map((bucket) => bucket.digest) } } });
}

/** Gives one attempt back: the password was right, or nobody has looked at it. */
export async function refundAttempt(buckets: Bucket[]): Promise<void> {
  await db().loginThrottle.updateMany({
    where: { bucket: { in: buckets.map((bucket) => bucket.digest) }, failures: { gt: 0 } },
    data: { failures: { decrement: 1 } },
  });
}

/**
 * An account's own bucket. A device that signed in to the account before has one of its own, so
 * that somebody else's failures cannot lock its owner out.
 */
export function accountBucket(
  email: string,
  deviceId: string | undefined,
  policy: { threshold: number; windowMinutes: number },
): Bucket {
  return { digest: sha256(`account\0${email}\0${deviceId ?? ""}`), ...policy };
}

/** The bucket of a network address: a whole /64 of IPv6, which one customer commonly holds. */
export function addressBucket(ip: string): Bucket {
  return { digest: sha256(`address\0${networkOf(ip)}`), threshold: ADDRESS_THRESHOLD, windowMinutes: 5 };
}

/** What a session is asked of its person, question by question: whoever took it over can guess five times. */
export const questionBucket = (question: "proof" | "second factor", sessionId: string): Bucket => ({
  digest: sha256(`${question}\0${sessionId}`),
  threshold: 5,
  windowMinutes: 5,
});

/** Guesses at the links of mails, per network. */
export function linkBucket(ip: string): Bucket {
  return { digest: sha256(`link\0${networkOf(ip)}`), threshold: ADDRESS_THRESHOLD, windowMinutes: 5 };
}

/** Mails that strangers can have sent: few to one address, more from one network. */
export const resetBuckets = (email: string, ip: string): { address: Bucket; network: Bucket } => ({
  address: { digest: sha256(`reset\0${email}`), threshold: 3, windowMinutes: 15 },
  network: { digest: sha256(`resets\0${networkOf(ip)}`), threshold: 20, windowMinutes: 15 },
});

/** Invitations to one address, whoever sends them: nobody's mailbox is filled. */
export const inviteBucket = (email: string): Bucket => ({
  digest: sha256(`invite\0${email}`),
  threshold: 5,
  windowMinutes: 60,
});

/** Steps of single sign-ons per network: each makes this server ask the provider. An office in the morning fits in. */
export const singleSignOnBucket = (ip: string): Bucket => ({
  digest: sha256(`single sign-on\0${networkOf(ip)}`),
  threshold: 200,
  windowMinutes: 5,
});

const sha256 = (value: string) => new Uint8Array(createHash("sha256").update(value).digest());
