import { newRequestId } from "@/lib/edge/request-id";
import { DAY, databaseNow } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { OWNER_ROLE_ID } from "@/lib/kernel/system-roles";
import { generateKey, revokeKey, updateKey } from "@/lib/keys/commands";
import { rotateKey } from "@/lib/keys/rotation";
import type { Colleague } from "./founding";
import type { DemoCredential } from "./keys";

/** What the owner has just done, by the product's own commands. */
export async function actToday(organizationId: string, owner: Colleague, credentials: DemoCredential[]): Promise<void> {
  const now = await databaseNow(db());
  const inDays = (days: number) => new Date(now.getTime() + days * DAY).toISOString();
  const find = (appName: string, name: string) => {
    const found = credentials.find((each) => each.appName === appName && each.key.name === name);
    if (!found) throw new Error(`The demo has no key ${name} of ${appName}`);
    return found;
  };
  const act = () => ctxOf(organizationId, owner, now);

  const giftCards = find("Gift card service", "Print shop").appId;
  await generateKey(act(), giftCards, {
    name: "Holiday campaign",
    description: "Doubles the gift cards between the years.",
    notBefore: inDays(12),
    expiresAt: inDays(47),
    rateLimit: { requests: 60, seconds: 60 },
  });
  await generateKey(act(), find("Guest app", "Backend").appId, { name: "Load test" });
  await rotateKey(act(), find("Night audit", "Scheduler").target.id, { overlapHours: 24 });
  await updateKey(act(), find("Kiosk lobby", "Tablets").target.id, { description: "One value on all lobby tablets." });
  const { ZUID } = await generateKey(act(), find("Loyalty partner", "Pearl Points").appId, { name: "Test of points" });
  await revokeKey(act(), ZUID, { reason: "Generated for the wrong app" });
}

function ctxOf(organizationId: string, { actor }: Colleague, now: Date): Ctx {
  const standing = {
    principal: {
      kind: "user" as const,
      id: actor.id,
      name: actor.name,
      email: "",
      sessionId: newId("session"),
      provedAt: now,
      lastActionAt: now,
      idleEndsAt: now,
      absoluteEndsAt: now,
    },
    organizationId,
    power: {
      kind: "roles" as const,
      roles: [{ systemRoleId: OWNER_ROLE_ID, instanceId: null, rules: [] }],
      resources: [],
    },
    now,
  };
  const { ip, userAgent } = actor;
  return { ...standing, ip, userAgent, requestId: newRequestId(), recheck: () => Promise.resolve(standing) };
}
