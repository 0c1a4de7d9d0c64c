import { addMinutes } from "@/lib/kernel/clock";
import type { Principal } from "@/lib/kernel/ctx";
import type { Session } from "@/prisma/generated/client";
import { describeDevice } from "./device";
import type { SessionRecord } from "./schema";

/** A session as `caller` is shown it. */
export function sessionRecord(row: Session, idleMinutes: number, caller: Principal): SessionRecord {
  return {
    ZUID: row.id,
    userZUID: row.userId,
    kind: row.digest ? "api" : "browser",
    device: describeDevice(row.userAgent),
    ip: row.ip,
    createdAt: row.createdAt.toISOString(),
    lastActionAt: row.lastActionAt.toISOString(),
    idleEndsAt: addMinutes(row.lastActionAt, idleMinutes).toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isCurrent: caller.kind === "user" && caller.sessionId === row.id,
  };
}
