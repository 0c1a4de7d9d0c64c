import type { Prisma } from "@/prisma/generated/client";
import { addHours, DAY, MINUTE } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import type { DemoApp, DemoKey, DemoUse } from "./app";
import type { Chance } from "./chance";
import type { Actor, Trail } from "./trail";

export interface DemoCredential {
  key: DemoKey;
  appName: string;
  actor: Actor & { id: string };
  target: { id: string; name: string };
  appId: string;
}

export interface Past {
  organizationId: string;
  now: Date;
  chance: Chance;
  trail: Trail;
  by: (name: string) => Actor & { id: string };
}

/** Inserts a key with its versions and the events that made it what it is. */
export async function insertKey(past: Past, app: DemoApp, appId: string, key: DemoKey): Promise<DemoCredential> {
  const target = await insertCredential(past, { noun: "key", kind: "api_key", of: { appId } }, key);
  const { ip = "198.51.100.250", userAgent = "curl/8.5.0" } = key.lastUsed ?? {};
  const actor = { type: "api_key" as const, ...target, ip, userAgent };
  return { key, appName: app.name, actor, target, appId };
}

type Place =
  | { noun: "key"; kind: "api_key"; of: { appId: string } }
  | { noun: "token"; kind: "access_token"; of: { instanceId: string; roleId: string }; roleName: string };

export async function insertCredential(past: Past, { noun, kind, of, ...role }: Place, key: DemoKey) {
  const { organizationId, now, chance, trail, by } = past;
  const inDays = (days: number | undefined) => (days === undefined ? null : new Date(now.getTime() + days * DAY));
  const createdAt = new Date(now.getTime() - key.createdDaysAgo * DAY + 20 * MINUTE);
  const target = { id: chance.id(noun, createdAt), name: key.name };
  const place = { target, ...("appId" in of ? of : { instanceId: of.instanceId }) };
  const creator = by(key.by);
  const fields = {
    name: key.name,
    description: key.description ?? "",
    notBefore: inDays(key.notBeforeInDays),
    expiresAt: inDays(key.expiresInDays),
    allowedCidrs: key.allowedCidrs ?? [],
  };
  const rateLimit = key.rateLimit ?? null;
  const iso = (time: Date | null) => time?.toISOString() ?? null;
  const versions = versionsOf(past, kind, key, createdAt, creator);
  const revokedAt = key.revoked ? inDays(-key.revoked.daysAgo) : null;
  const disabledAt = key.disabledDaysAgo === undefined ? null : inDays(-key.disabledDaysAgo);
  await db().credential.create({
    data: {
      ...fields,
      id: target.id,
      kind,
      organizationId,
      ...of,
      rateRequests: rateLimit?.requests ?? null,
      rateSeconds: rateLimit?.seconds ?? null,
      disabledAt,
      revokedAt,
      revokedById: key.revoked ? by(key.revoked.by).id : null,
      revokedByName: key.revoked?.by ?? null,
      revocationReason: key.revoked?.reason ?? null,
      createdById: creator.id,
      createdByName: creator.name,
      createdAt,
      versions: { create: versions },
    },
  });

  const [first, second] = versions;
  const made = { ...fields, notBefore: iso(fields.notBefore), expiresAt: iso(fields.expiresAt), rateLimit };
  const after = { ...made, ...role, expiry: made.expiresAt, hint: first?.hint };
  trail.add(createdAt, creator, { action: noun === "key" ? "key.generated" : "token.issued", ...place, after });
  if (key.rotated && first && second) {
    trail.add(second.createdAt, by(key.rotated.by), {
      action: `${noun}.rotated`,
      ...place,
      before: { version: 1, hint: first.hint, previousVersionEndsAt: null },
      after: { version: 2, hint: second.hint, previousVersionEndsAt: iso(first.endsAt) },
    });
  }
  if (disabledAt) {
    const [before, after] = [{ status: "active" }, { status: "disabled" }];
    trail.add(disabledAt, creator, { action: "key.disabled", ...place, before, after });
  }
  if (key.revoked && revokedAt) {
    const { reason } = key.revoked;
    const [before, after] = [
      { status: "active", reason: null },
      { status: "revoked", reason },
    ];
    trail.add(revokedAt, by(key.revoked.by), { action: `${noun}.revoked`, ...place, reason, before, after });
  }
  return target;
}

function versionsOf(
  { now, by }: Past,
  kind: Place["kind"],
  key: DemoKey,
  createdAt: Date,
  creator: { id: string; name: string },
) {
  const version = (
    number: number,
    at: Date,
    maker: { id: string; name: string },
    endsAt: Date | null,
    use?: DemoUse,
  ) => {
    const { digest, hint } = mintSecret(kind);
    return {
      number,
      digest,
      hint,
      endsAt,
      createdById: maker.id,
      createdByName: maker.name,
      createdAt: at,
      ...(use && {
        lastUsedAt: new Date(now.getTime() - use.minutesAgo * MINUTE),
        lastUsedIp: use.ip,
        lastUserAgent: use.userAgent,
      }),
    } satisfies Omit<Prisma.CredentialVersionCreateManyInput, "credentialId">;
  };
  if (!key.rotated) return [version(1, createdAt, creator, null, key.lastUsed)];
  const rotatedAt = new Date(now.getTime() - key.rotated.daysAgo * DAY);
  const endsAt = addHours(rotatedAt, key.rotated.overlapDays * 24);
  // The old value was last used while it was still accepted.
  const lastUsed = key.lastUsed && {
    ...key.lastUsed,
    minutesAgo: Math.max(key.lastUsed.minutesAgo, (now.getTime() - endsAt.getTime()) / MINUTE + 5),
  };
  return [
    version(1, createdAt, creator, endsAt, lastUsed),
    version(2, rotatedAt, by(key.rotated.by), null, key.rotated.newUse),
  ];
}
