import type { Memory } from "@/lib/audit/verify/memory";

/**
 * What this browser has seen of a log, under the log's id. It stays in the browser: what the server could change
 * would not bear witness against it.
 */
const keyOf = (log: string) => `latchkey.trail.${log}`;

/** Undefined on the first visit, and where the browser keeps nothing. */
export function recallTrail(log: string): Memory | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(log)) ?? "null") as Partial<Memory> | null;
    return typeof kept?.vkey === "string" && typeof kept.checkpoint === "string" ? (kept as Memory) : undefined;
  } catch {
    return undefined;
  }
}

export function rememberTrail(log: string, memory: Memory | undefined): void {
  try {
    if (memory) localStorage.setItem(keyOf(log), JSON.stringify(memory));
    else localStorage.removeItem(keyOf(log));
  } catch {
    // A browser that keeps nothing verifies all the same, each time anew.
  }
}
