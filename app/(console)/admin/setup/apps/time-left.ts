import { formatTimeLeft } from "@/lib/format";

/** How long until then: whole days when there are several, else "1 d 22 h". */
export const timeLeft = (until: string, now: number) => formatTimeLeft(new Date(until).getTime() - now);
