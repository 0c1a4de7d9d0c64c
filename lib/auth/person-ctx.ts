import "server-only";
import { databaseNow } from "@/lib/kernel/clock";
import type { Ctx, Origin, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { newId } from "@/lib/kernel/new-id";

export interface Person {
  id: string;
  organizationId: string;
  email: string;
  firstName: string;
  lastName: string;
}

export const nameOf = ({ firstName, lastName }: Pick<Person, "firstName" | "lastName">) =>
  `${firstName} ${lastName}`.trim();

/** The caller that a person is from the moment they have proved who they are. The session's id is a new one. */
export async function personCtx(origin: Origin, user: Person): Promise<Ctx & { principal: UserPrincipal }> {
  const now = await databaseNow(db());
  const standing = {
    principal: {
      kind: "user" as const,
      id: user.id,
      name: nameOf(user),
      email: user.email,
      sessionId: newId("session"),
      provedAt: now,
      lastActionAt: now,
      idleEndsAt: now,
      absoluteEndsAt: now,
    },
    organizationId: user.organizationId,
    power: { kind: "none" as const },
    now,
  };
  return { ...origin, ...standing, recheck: () => Promise.resolve(standing) };
}

/** An attempt on an unknown account is recorded too, for no organization: both cost the same. */
export async function recordFailedLogin(origin: Origin, user: Person | null, reason: string): Promise<void> {
  await writeEvent(
    db(),
    {
      ...origin,
      principal: { kind: "system", id: null, name: "Latchkey" },
      organizationId: user?.organizationId ?? null,
    },
    {
      action: "login.failed",
      target: user ? { id: user.id, name: nameOf(user) } : { id: null, name: "unknown account" },
      outcome: "failed",
      reason,
    },
  );
}
