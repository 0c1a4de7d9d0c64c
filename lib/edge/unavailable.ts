import { processSlot } from "@/lib/kernel/process-slot";

const slot = processSlot<Set<string>>("latchkey.unavailable");

/** Remembers that a page failed for want of the store. Next answers 500 whatever a page throws. */
export function noteUnavailable(requestId: string): void {
  const noted = slot.get() ?? new Set<string>();
  noted.add(requestId);
  slot.set(noted);
}

/** Whether that was so; asked once, when the page's answer begins. */
export const takeUnavailable = (requestId: string): boolean => slot.get()?.delete(requestId) ?? false;
