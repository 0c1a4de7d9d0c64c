import { formatDuration } from "@/lib/format";

const DAY = 86_400_000;

/** How long until then: whole days when there are several, else "1 d 22 h". */
export function timeLeft(until: string, now: number): string {
  const left = new Date(until).getTime() - now;
  return left > 3 * DAY ? formatDuration(left + DAY / 2, 1) : formatDuration(left);
}
