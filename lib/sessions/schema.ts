import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { listQuery } from "@/lib/kernel/list-query";

export const SessionId = z.object({ session: idOf("session") });

/** One's own sessions, or those of the user named. */
export const ListSessions = listQuery(["lastActionAt", "createdAt"])
  .omit({ q: true })
  .extend({ user: idOf("user").optional() });
export type ListSessions = z.infer<typeof ListSessions>;

/** All other sessions of one's own, or every one of the user named. */
export const EndSessions = z.strictObject({ user: idOf("user").optional() });
export type EndSessions = z.infer<typeof EndSessions>;

export interface SessionRecord {
  ZUID: string;
  userZUID: string;
  /** Held by a browser's cookie, or by the bearer value of an API login. */
  kind: "browser" | "api";
  /** The browser or program and its system, in words. */
  device: string;
  ip: string;
  createdAt: string;
  lastActionAt: string;
  /** When it ends if nothing more is done; and when it ends whatever is done. */
  idleEndsAt: string;
  expiresAt: string;
  isCurrent: boolean;
}
