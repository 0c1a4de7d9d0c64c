import { LRUCache } from "lru-cache";
import { processSlot } from "@/lib/kernel/process-slot";

/** Of an answer that could be sent to nobody, nobody asks. */
const NOTED_AT_MOST = 10_000;

const slot = processSlot<LRUCache<string, true>>("latchkey.unavailable");

/** Remembers that a page failed for want of the store. Next answers 500 whatever a page throws. */
export function noteUnavailable(requestId: string): void {
  const noted = slot.get() ?? new LRUCache<string, true>({ max: NOTED_AT_MOST });
  noted.set(requestId, true);
  slot.set(noted);
}

/** Whether that was so; asked once, when the page's answer begins. */
export const takeUnavailable = (requestId: string): boolean => slot.get()?.delete(requestId) ?? false;
