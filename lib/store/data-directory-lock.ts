import "server-only";
import { readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { isRunning, placeOfProcesses, startOf } from "./process-identity";
import { log } from "@/lib/kernel/log";

const HEARTBEAT_MS = 5_000;
const HEARTBEAT_LATE_MS = 15_000;
const WRITE_MS = 2_000;

const Holder = z.object({ pid: z.int(), host: z.string(), place: z.string(), started: z.string() });
type Holder = z.infer<typeof Holder>;

/**
 * Takes the data directory for this process alone: two on one embedded store lose rows in silence.
 * Throws when another process holds it; one that died, even by SIGKILL, holds nothing.
 *
 * The holder is who made the lock file with the highest number. The next number is taken, by
 * exclusive creation, only when that holder is gone, and the highest file is never removed: so of
 * any number of processes exactly one succeeds.
 */
export async function lockDataDirectory(dataDir: string): Promise<{ release(): Promise<void> }> {
  const pid = process.pid;
  const self: Holder = { pid, host: hostname(), place: await placeOfProcesses(), started: (await startOf(pid)) ?? "" };
  for (;;) {
    const last = (await lockNumbers(dataDir)).at(-1) ?? 0;
    const holder = last > 0 ? await livingHolder(lockFile(dataDir, last), self.place) : undefined;
    if (holder) throw new Error(refusal(dataDir, holder, self));
    const number = last + 1;
    const file = lockFile(dataDir, number);
    if (!(await create(file, self))) continue;
    const numbers = await lockNumbers(dataDir);
    if (numbers.at(-1) !== number) {
      await rm(file, { force: true });
      continue;
    }
    await Promise.all(numbers.slice(0, -1).map((below) => rm(lockFile(dataDir, below), { force: true })));
    return hold(dataDir, number);
  }
}

function hold(dataDir: string, number: number) {
  const file = lockFile(dataDir, number);
  // Only a holder on another host, silent for long, is replaced. It must not write any more.
  const heartbeat = setInterval(() => {
    beat().catch((err: unknown) => {
      log().fatal({ err }, "the data directory is not ours any more");
      process.exit(1);
    });
  }, HEARTBEAT_MS).unref();
  async function beat() {
    if ((await lockNumbers(dataDir)).at(-1) !== number) {
      throw new Error(`Another process took the data directory ${dataDir} while this one was suspended.`);
    }
    await utimes(file, new Date(), new Date());
  }
  return {
    release: async () => {
      clearInterval(heartbeat);
      await writeFile(file, "released");
    },
  };
}

const lockFile = (dataDir: string, number: number) => path.join(dataDir, `lock.${number}`);

async function lockNumbers(dataDir: string): Promise<number[]> {
  const numbers = (await readdir(dataDir)).map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1]));
  return numbers.filter((number) => number > 0).sort((a, b) => a - b);
}

async function create(file: string, self: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(self), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function livingHolder(file: string, place: string): Promise<Holder | undefined> {
  const content = await readWritten(file);
  if (!content.startsWith("{")) return undefined;
  const holder = Holder.parse(JSON.parse(content));
  const isAlive = holder.place === place ? await isRunning(holder.pid, holder.started) : await isBeating(file);
  return isAlive ? holder : undefined;
}

/** What the lock file says; empty when its maker died before writing, or someone removed it meanwhile. */
async function readWritten(file: string): Promise<string> {
  for (;;) {
    const content = await readFile(file, "utf8").catch(() => "");
    if (content !== "" || (await silence(file)) > WRITE_MS) return content;
    await delay(20);
  }
}

/** Nothing can be asked about a process of another host or container: its heartbeat has to show it. */
async function isBeating(file: string): Promise<boolean> {
  let before = await silence(file);
  while (before < HEARTBEAT_LATE_MS) {
    await delay(200);
    const now = await silence(file);
    if (now < before) return true;
    before = now;
  }
  return false;
}

async function silence(file: string): Promise<number> {
  const written = await stat(file).catch(() => undefined);
  return written ? Date.now() - written.mtimeMs : Infinity;
}

function refusal(dataDir: string, { pid, host, place }: Holder, self: Holder): string {
  const where = place === self.place ? "" : ` on ${host}`;
  return `The data directory ${dataDir} is in use by process ${pid}${where}. Stop that process, or set DATA_DIR to another directory.`;
}
