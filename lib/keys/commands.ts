import "server-only";
import type { Action } from "@/lib/kernel/actions";
import { databaseNow } from "@/lib/kernel/clock";
import { refuse } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { defined } from "@/lib/kernel/defined";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type AuditEntry, hasChanges } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { mintSecret } from "@/lib/kernel/secrets";
import { keyRecord, type KeyRow, withVersions } from "./record";
import type { GenerateKey, KeyRecord, RevokeKey, UpdateKey } from "./schema";
import { requireValidity } from "./validity";

const NAME_TAKEN = { detail: "Another key of this app has this name.", pointer: "/name" };

/** Generates a key of an app. The answer holds its value, once. */
export async function generateKey(ctx: Ctx, appId: string, input: GenerateKey): Promise<KeyRecord & { key: string }> {
  const act = {
    authority: "keys:create",
    action: "key.generated",
    target: { id: null, name: input.name },
    isSensitive: true,
    conflict: NAME_TAKEN,
  } as const;
  return mutate(ctx, act, async (tx, now, { principal }) => {
    const { organizationId } = ctx;
    // An app that is being deleted must not get a key behind its deletion's back.
    await tx.$queryRaw`select 1 from app where id = ${appId} and organization_id = ${organizationId} for share`;
    const app = await tx.app.findUnique({ where: { id: appId, organizationId, deletedAt: null } });
    if (!app) throw notFound("app");
    requireValidity(input, now);
    const secret = mintSecret("api_key");
    const by = { createdById: principal.id as string, createdByName: principal.name };
    const row = await tx.credential.create({
      data: {
        ...columnsOf(input),
        ...by,
        name: input.name,
        id: newId("key"),
        kind: "api_key",
        organizationId,
        appId,
        versions: { create: { ...by, number: 1, digest: secret.digest, hint: secret.hint } },
      },
      include: withVersions,
    });
    const record = keyRecord(row, now);
    return {
      result: record,
      secret: { key: secret.value },
      audit: { action: "key.generated", target: row, appId, after: record },
    };
  });
}

/** Renames or restricts a key, or disables or enables it. What loosens or tightens it asks for a fresh password proof. */
export async function updateKey(ctx: Ctx, id: string, input: UpdateKey): Promise<KeyRecord> {
  const isSensitive = Object.keys(input).some((field) => field !== "name" && field !== "description");
  const act = {
    authority: "keys:update",
    action: "key.updated",
    target: { id, name: "key" },
    isSensitive,
    conflict: NAME_TAKEN,
  } as const;
  return mutate(ctx, act, async (tx, now) => {
    const { key: before } = await findUsableKey(tx, ctx, id);
    requireValidity(input, now, before);
    const { enabled } = input;
    const row = await tx.credential.update({
      where: { id, organizationId: ctx.organizationId },
      data: {
        ...columnsOf(input),
        ...(enabled !== undefined && { disabledAt: enabled ? null : (before.disabledAt ?? now) }),
      },
      include: withVersions,
    });
    return { result: keyRecord(row, now), audit: updateEvents(before, row, now) };
  });
}

/** Switching a key off or on is a fact of its own beside a change of its fields. */
function updateEvents(before: KeyRow, row: KeyRow, now: Date): [AuditEntry<Action>, ...AuditEntry<Action>[]] {
  const place = { target: row, appId: row.appId, before: keyRecord(before, now), after: keyRecord(row, now) };
  const updated = { action: "key.updated", ...place } as const;
  if ((before.disabledAt === null) === (row.disabledAt === null)) return [updated];
  const switched = { action: row.disabledAt ? "key.disabled" : "key.enabled", ...place } as const;
  return hasChanges(updated) ? [updated, switched] : [switched];
}

/** Revokes every version of a key at once. The record stays, with who, when and why. */
export async function revokeKey(ctx: Ctx, id: string, { reason }: RevokeKey): Promise<KeyRecord> {
  const act = {
    authority: "keys:delete",
    action: "key.revoked",
    target: { id, name: "key" },
    isSensitive: true,
  } as const;
  return mutate(ctx, act, (tx, now) => revoke(tx, ctx, id, now, reason ?? null));
}

/** The presented key revokes itself. */
export async function revokePresentedKey(ctx: Ctx): Promise<KeyRecord> {
  const { principal } = ctx;
  if (principal.kind !== "api_key") {
    return refuse(ctx, "keys", "Only a key or token revokes itself; a session ends by signing out.");
  }
  const act = { authority: "own", action: "key.revoked", target: principal } as const;
  return mutate(ctx, act, (tx, now) => revoke(tx, ctx, principal.id, now, "revoked by itself"));
}

async function revoke(tx: Tx, ctx: Ctx, id: string, now: Date, reason: string | null) {
  const where = { id, organizationId: ctx.organizationId, kind: "api_key" } as const;
  const revoked = await tx.credential.updateMany({
    where: { ...where, revokedAt: null },
    data: {
      revokedAt: now,
      revokedById: ctx.principal.id,
      revokedByName: ctx.principal.name,
      revocationReason: reason,
    },
  });
  const row = await tx.credential.findUnique({ where, include: withVersions });
  if (!row) throw notFound("key");
  if (revoked.count === 0) throw new AppError("conflict", "This key was revoked already.");
  return {
    result: keyRecord(row, now),
    audit: {
      action: "key.revoked",
      target: row,
      appId: row.appId,
      reason,
      before: { status: keyRecord({ ...row, revokedAt: null }, now).status },
      after: { status: "revoked", reason },
    },
  } as const;
}

/**
 * The key, if it has neither been revoked nor expired, and the time. Throws `not_found` or `conflict`.
 * Changes of one key take turns: each decides by what the one before it left, when its turn has come.
 */
export async function findUsableKey(tx: Tx, ctx: Ctx, id: string): Promise<{ key: KeyRow; now: Date }> {
  await tx.$queryRaw`select 1 from credential where id = ${id} and organization_id = ${ctx.organizationId} for update`;
  const row = await tx.credential.findUnique({
    where: { id, organizationId: ctx.organizationId, kind: "api_key" },
    include: withVersions,
  });
  if (!row || row.app.deletedAt) throw notFound("key");
  if (row.revokedAt) throw new AppError("conflict", "This key was revoked; generate a new one.");
  const now = await databaseNow(tx);
  if (row.expiresAt && row.expiresAt <= now)
    throw new AppError("conflict", "This key has expired; generate a new one.");
  return { key: row, now };
}

function columnsOf({ rateLimit, notBefore, expiresAt, name, description, allowedCidrs }: Partial<GenerateKey>) {
  const time = (text: string | null | undefined) => (typeof text === "string" ? new Date(text) : text);
  return defined({
    name,
    description,
    allowedCidrs,
    notBefore: time(notBefore),
    expiresAt: time(expiresAt),
    rateRequests: rateLimit === undefined ? undefined : (rateLimit?.requests ?? null),
    rateSeconds: rateLimit === undefined ? undefined : (rateLimit?.seconds ?? null),
  });
}
