import "server-only";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

const ENDED_STATES = new Set(["Z", "X", "x"]);

/** Where process ids mean the same: the boot of this machine and, in a container, its process namespace. */
export async function placeOfProcesses(): Promise<string> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  const namespace = await readlink("/proc/self/ns/pid").catch(() => "");
  return [hostname(), boot.trim(), namespace].join(" ");
}

/** When a process started, in clock ticks since the boot; undefined when there is none (or no /proc). */
export async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The name in parentheses may itself hold spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields && !ENDED_STATES.has(fields[0] as string) ? fields[19] : undefined;
}

/** True while the very process that started then runs: its id may have been given to another since. */
export async function isRunning(pid: number, started: string): Promise<boolean> {
  if (started !== "") return (await startOf(pid)) === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
