import type { SessionTimes } from "@/components/shell/session-clock";
import type { CurrentSession } from "@/lib/auth/current-session";

/** When the session ends if nothing more is done: idle time never reaches past the absolute end. */
export const timesOf = ({ idleEndsAt, absoluteEndsAt, now }: CurrentSession): SessionTimes => ({
  expiresAt: idleEndsAt < absoluteEndsAt ? idleEndsAt : absoluteEndsAt,
  absoluteEndsAt,
  now,
});
