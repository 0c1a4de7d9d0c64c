import { processSlot } from "@/lib/kernel/process-slot";

type Closer = () => void | Promise<void>;

interface Stopping {
  begun: boolean;
  closers: Closer[];
}

const slot = processSlot<Stopping>("latchkey.stop");

function state(): Stopping {
  const known = slot.get() ?? { begun: false, closers: [] };
  slot.set(known);
  return known;
}

export const isStopping = (): boolean => state().begun;

/** Registers what must be closed when the process stops, after the last answer. The latest registered closes first. */
export function onStop(close: Closer): void {
  state().closers.push(close);
}

export function beginStop(): void {
  state().begun = true;
}

/** Runs every registered closer, also when one before it fails. */
export async function runClosers(onFailure: (thrown: unknown) => void): Promise<void> {
  const { closers } = state();
  while (closers.length > 0) {
    try {
      await closers.pop()?.();
    } catch (thrown) {
      onFailure(thrown);
    }
  }
}
