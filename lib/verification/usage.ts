import "server-only";
import { LRUCache } from "lru-cache";
import { DAY, HOUR } from "@/lib/kernel/clock";
import { log } from "@/lib/kernel/log";
import { metrics } from "@/lib/kernel/metrics";
import { processSlot } from "@/lib/kernel/process-slot";
import { forgetOldUsage } from "./forget-usage";
import { type Check, gather, type Gathered } from "./gathered";
import { UsageQueue } from "./usage-queue";

/** What a killed process loses at most. */
const FLUSH_EVERY_MS = 5_000;
/** A successor that looks unused can be rolled back, so the first use of a version is written sooner. */
const FIRST_USE_MS = 1_000;
/** How many versions are remembered as used before; one that was forgotten is only written sooner again. */
const MAX_SEEN = 100_000;

interface State {
  /** By the hour, then by the credential or, for what is none, by the organization. */
  gathered: Map<number, Map<string, Gathered>>;
  queue: UsageQueue;
  seen: LRUCache<string, true>;
  timer: NodeJS.Timeout | undefined;
  dueAt: number;
  forgetAt: number;
  flushing: Promise<void>;
}

const slot = processSlot<State>("latchkey.usage");

function state(): State {
  const known = slot.get();
  if (known) return known;
  const seen = new LRUCache<string, true>({ max: MAX_SEEN });
  const flushing = Promise.resolve();
  const created: State = {
    gathered: new Map(),
    queue: new UsageQueue(),
    seen,
    timer: undefined,
    dueAt: Infinity,
    forgetAt: 0,
    flushing,
  };
  slot.set(created);
  metrics().usagePending.from = () => created.queue.rows();
  return created;
}

/** Counts one check in memory. It neither throws nor waits: up to tens of thousands a second come by here. */
export function recordCheck(check: Check): void {
  const now = state();
  if (now.gathered.size === 0) schedule(now, FLUSH_EVERY_MS);
  if (!gather(gatheredOf(now, check), check)) return;
  const name = `${check.credentialId} ${check.version}`;
  if (!now.seen.get(name)) schedule(now, FIRST_USE_MS);
  now.seen.set(name, true);
}

function gatheredOf({ gathered }: State, { organizationId, credentialId, at }: Check): Gathered {
  const hour = at - (at % HOUR);
  let ofHour = gathered.get(hour);
  if (!ofHour) gathered.set(hour, (ofHour = new Map<string, Gathered>()));
  const subject = credentialId || organizationId;
  let found = ofHour.get(subject);
  if (!found) {
    found = { organizationId, credentialId, hour, counts: [], callers: [], uses: [] };
    ofHour.set(subject, found);
  }
  return found;
}

function schedule(now: State, withinMs: number): void {
  const dueAt = performance.now() + withinMs;
  if (dueAt >= now.dueAt) return;
  clearTimeout(now.timer);
  now.dueAt = dueAt;
  now.timer = setTimeout(() => {
    flushUsage().then(
      () => forgetDaily(now),
      (err: unknown) => log().warn({ err }, "usage was not written yet"),
    );
  }, withinMs).unref();
}

/** Writes what was gathered until now; what fails is kept and tried again. Also run when the process stops. */
export function flushUsage(): Promise<void> {
  const now = state();
  now.flushing = now.flushing.then(
    () => flush(now),
    () => flush(now),
  );
  return now.flushing;
}

async function flush(now: State): Promise<void> {
  clearTimeout(now.timer);
  now.dueAt = Infinity;
  const gathered = [...now.gathered.values()].flatMap((ofHour) => [...ofHour.values()]);
  now.gathered = new Map();
  now.queue.add(gathered);
  try {
    await now.queue.write();
  } finally {
    if (now.queue.rows() > 0) schedule(now, FLUSH_EVERY_MS);
  }
}

/** Nobody waits for it: neither the next flush nor the end of the process. */
function forgetDaily(now: State): void {
  if (performance.now() < now.forgetAt) return;
  now.forgetAt = performance.now() + DAY;
  forgetOldUsage().catch((err: unknown) => log().warn({ err }, "old usage was not deleted; tried again in a day"));
}
