import { DAY, HOUR } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import { seal } from "@/lib/second-factor/seal";
import { newTotpSecret } from "@/lib/second-factor/totp";
import type { Past } from "./keys";

interface DemoLogin {
  by: string;
  app: string;
  device: string;
  userAgent: string;
  daysAgo: number;
  ended?: { daysAgo: number; reason: string };
}

const ACCESS_HOURS = 24;
const REFRESH_DAYS = 90;

const LOGINS: DemoLogin[] = [
  { by: "Mei Tanaka", app: "Kiosk lobby", device: "lobby-seattle-1", userAgent: "kiosk/7.2", daysAgo: 3.1 },
  { by: "Mei Tanaka", app: "Kiosk lobby", device: "lobby-seattle-2", userAgent: "kiosk/7.2", daysAgo: 0.4 },
  { by: "Sofia Almeida", app: "Kiosk lobby", device: "lobby-portland", userAgent: "kiosk/7.1", daysAgo: 19 },
  { by: "Omar Haddad", app: "Night audit", device: "back-office", userAgent: "okhttp/4.12", daysAgo: 41 },
  {
    by: "Lena Fischer",
    app: "Night audit",
    device: "laptop",
    userAgent: "curl/8.5.0",
    daysAgo: 12,
    ended: { daysAgo: 11.2, reason: "revoked by its person" },
  },
];

/** Who signed in how many days ago. */
const SIGNED_IN: Record<string, number> = {
  "Miguel Santos": 0.8,
  "Ingrid Halvorsen": 2.3,
  "Lena Fischer": 0.2,
  "Hana Sato": 6,
  "Mei Tanaka": 1.4,
  "Sofia Almeida": 4.9,
  "Grace Lindqvist": 13,
  "Priya Raman": 31,
  "Beatrice Cole": 62,
};

const WITH_SECOND_FACTOR = ["Priya Raman", "Mei Tanaka"];

/** Inserts people's logins through apps, their second factors and when they last signed in. The values of the logins are nobody's. */
export async function logPeopleIn({ organizationId, now, chance, trail, by }: Past): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  for (const [name, days] of Object.entries(SIGNED_IN))
    await db().user.update({ where: { id: by(name).id }, data: { lastSignInAt: ago(days) } });
  for (const name of WITH_SECOND_FACTOR) {
    const { id } = by(name);
    const data = { totpSecret: seal(newTotpSecret(), id), totpConfirmedAt: ago(35) };
    await db().user.update({ where: { id }, data });
    trail.add(ago(35), by(name), {
      action: "second_factor.enabled",
      target: { id, name },
      after: { recoveryCodes: 10 },
    });
  }
  for (const { by: person, app: appName, device, userAgent, daysAgo, ended } of LOGINS) {
    const { id: appId } = await db().app.findFirstOrThrow({ where: { organizationId, name: appName } });
    const actor = by(person);
    const createdAt = ago(daysAgo);
    const id = chance.id("grant", createdAt);
    const end = new Date(createdAt.getTime() + REFRESH_DAYS * DAY);
    await db().loginGrant.create({
      data: {
        id,
        organizationId,
        userId: actor.id,
        appId,
        deviceId: device,
        ip: actor.ip,
        userAgent,
        createdAt,
        expiresAt: end,
        ...(ended && { endedAt: ago(ended.daysAgo), endReason: ended.reason }),
        pairs: {
          create: {
            number: 1,
            accessDigest: mintSecret("login_access").digest,
            refreshDigest: mintSecret("login_refresh").digest,
            accessExpiresAt: new Date(createdAt.getTime() + ACCESS_HOURS * HOUR),
            refreshExpiresAt: end,
            createdAt,
          },
        },
      },
    });
    const target = { id, name: appName };
    trail.add(createdAt, actor, { action: "login.granted", target, appId, after: { deviceId: device } });
    if (ended) {
      const after = { reason: ended.reason };
      trail.add(ago(ended.daysAgo), actor, { action: "login.revoked", target, appId, after });
    }
  }
}
