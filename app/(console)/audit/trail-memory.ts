import { useMemo, useSyncExternalStore } from "react";
import type { Memory } from "@/lib/audit/verify/memory";

/**
 * What this browser has seen of a log, under the log's id. It stays in the browser: what the server could change
 * would not bear witness against it.
 */
const keyOf = (log: string) => `latchkey.trail.${log}`;
const CHANGED = "latchkey:trail-seen";

/** Undefined on the first visit, and where the browser keeps nothing. */
export const recallTrail = (log: string): Memory | undefined => parse(read(log));

export function rememberTrail(log: string, memory: Memory | undefined): void {
  try {
    if (memory) localStorage.setItem(keyOf(log), JSON.stringify(memory));
    else localStorage.removeItem(keyOf(log));
  } catch {
    // A browser that keeps nothing verifies all the same, each time anew.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** What this browser remembers, as it changes. */
export function useTrailMemory(log: string): Memory | undefined {
  const text = useSyncExternalStore(
    subscribe,
    () => read(log),
    () => null,
  );
  return useMemo(() => parse(text), [text]);
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener("storage", onChange);
  };
}

function read(log: string): string | null {
  try {
    return localStorage.getItem(keyOf(log));
  } catch {
    return null;
  }
}

function parse(text: string | null): Memory | undefined {
  try {
    const kept = JSON.parse(text ?? "null") as Partial<Memory> | null;
    return typeof kept?.vkey === "string" && typeof kept.checkpoint === "string" ? (kept as Memory) : undefined;
  } catch {
    return undefined;
  }
}
