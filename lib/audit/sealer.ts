import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { db } from "@/lib/kernel/db";
import type { Env } from "@/lib/kernel/env";
import { log } from "@/lib/kernel/log";
import { metrics } from "@/lib/kernel/metrics";
import { appendNotes } from "./checkpoint-file";
import { processNote } from "./process-note";
import { sealBatch, TreeMismatch } from "./seal";
import { configuredSinks, copyCheckpoints, type Sink } from "./sinks";

const EVERY_MS = 1_000;
/** What a stop waits for at most: the next start, or another process, seals the rest. */
const PATIENCE_MS = 2_000;

/**
 * Seals what is new every second, whichever process of the deployment comes first, and copies the checkpoints
 * out of the database. What it answers stops it after a last round, and says
 * so in the file when there is no more to tell. Throws an Error when the file of
 * checkpoints cannot be written: nothing outside the database would bear witness.
 */
export async function startSealer(settings: Env["checkpoints"]): Promise<() => Promise<void>> {
  await appendNotes(settings.file, [processNote("started", new Date())]).catch((cause: Error) => {
    throw new Error(`Checkpoints cannot be written to ${settings.file}: ${cause.message}. Set CHECKPOINT_FILE.`, {
      cause,
    });
  });
  const stopSealing = repeat("sealing the trail", sealPending);
  const [file, ...others] = configuredSinks(settings);
  const copying = (sink: Sink) => repeat(`copying checkpoints (${sink.name})`, () => copy(sink));
  const [stopFile, stopOthers] = [copying(file), others.map(copying)];
  const sayStopped = async () => {
    if (await isAllTold(file)) await appendNotes(settings.file, [processNote("stopped", new Date())]);
  };
  return async () => {
    const told = stopSealing().then(() =>
      Promise.all([stopFile().then(sayStopped), ...stopOthers.map((stop) => stop())]),
    );
    await Promise.race([told, delay(PATIENCE_MS, undefined, { ref: false })]);
  };
}

/** Whether nothing waits, the file has every checkpoint, and no process goes on that could add to them. */
async function isAllTold({ name }: Sink): Promise<boolean> {
  const [found] = await db().$queryRaw<{ isAll: boolean }[]>`
    select not exists (select from audit_pending)
      and not exists (select from verifier where lease_expires_at > clock_timestamp())
      and not exists (
        select from audit_checkpoint where position > coalesce((select position from audit_sink where name = ${name}), 0)
      ) as "isAll"`;
  return found?.isAll === true;
}

/**
 * Does the work now and every second, never twice at a time; what it answers does it once more and no further.
 * A failure that lasts is told of when it begins and when it ends.
 */
function repeat(name: string, work: () => Promise<void>): () => Promise<void> {
  let isFailing = false;
  let running: Promise<void> | undefined;
  const attempt = async () => {
    try {
      await work();
      if (isFailing) log().info(`${name} works again`);
      isFailing = false;
    } catch (err) {
      const level = err instanceof TreeMismatch ? "error" : "warn";
      if (!isFailing) log()[level]({ err }, `${name} failed; it is tried again`);
      isFailing = true;
    }
  };
  const run = () => {
    running ??= attempt().finally(() => (running = undefined));
  };
  const timer = setInterval(run, EVERY_MS);
  run();
  return async () => {
    clearInterval(timer);
    await running;
    await attempt();
  };
}

/** Seals until nothing waits, or another process seals. */
export async function sealPending(): Promise<void> {
  const { sealedEvents, sealingLag, unsealedSeconds } = metrics();
  const [oldest] = await db().$queryRaw<{ seconds: number | null }[]>`
    select extract(epoch from clock_timestamp() - (select since from audit_pending order by position limit 1))::float8
      as seconds`;
  const waited = oldest?.seconds ?? 0;
  unsealedSeconds.from = () => waited;
  if (oldest?.seconds == null) return;
  for (let hasMore = true; hasMore;) {
    const sealed = await sealBatch();
    if (!sealed) return;
    if (sealed.events > 0) sealingLag.observe(sealed.lagSeconds);
    sealedEvents.add(sealed.events);
    hasMore = sealed.hasMore;
  }
}

async function copy(sink: Sink): Promise<void> {
  try {
    await copyCheckpoints(sink);
  } catch (error) {
    metrics().checkpointFailures.inc();
    throw error;
  }
}
