import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import type { Load, Measured } from "./load";

// What answers and what asks have a core each, so that neither takes the other's time.
const canPin = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;
export const PINNED = canPin ? "server on core 0, load on core 1 (taskset)" : "not pinned to cores";
const CORE = { answers: "0", asks: "1" };

/** Keeps every thread of the process on the core of its part. */
export function pin(pid: number | undefined, part: keyof typeof CORE): void {
  if (canPin) spawnSync("taskset", ["-a", "-c", "-p", CORE[part], String(pid)]);
}

/** Starts a reference: a server that prints its port. */
export async function startReference(
  name: "bench-bare" | "bench-lookup",
  databaseUrl = "",
): Promise<{ origin: string; stop(): void }> {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [`dist/${name}.mjs`], { env, stdio: ["ignore", "pipe", "inherit"] });
  pin(child.pid, "answers");
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return { origin: `http://127.0.0.1:${Number(port)}`, stop: () => void child.kill() };
}

/** What the load measured. Throws when a request failed: a rate of failures is no figure. */
export async function measure(load: Load): Promise<Measured> {
  const child = spawn(process.execPath, ["dist/bench-load.mjs"], { stdio: ["pipe", "pipe", "inherit"] });
  pin(child.pid, "asks");
  child.stdin.end(JSON.stringify(load));
  const answer = await text(child.stdout);
  if (answer === "") throw new Error(`${load.url} answered nothing.`);
  const measured = JSON.parse(answer) as Measured;
  if (measured.failures > 0)
    throw new Error(`${measured.failures} of ${measured.answers} requests to ${load.url} failed.`);
  return measured;
}
