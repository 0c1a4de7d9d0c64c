import "server-only";
import type { Action } from "@/lib/kernel/actions";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { defined } from "@/lib/kernel/defined";
import { notFound } from "@/lib/kernel/errors";
import { type AuditEntry, hasChanges } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { mintSecret } from "@/lib/kernel/secrets";
import { requireResources, resourcesIn } from "@/lib/resources/known";
import { accessColumns, appRecord, type AppRow, withKeys } from "./record";
import type { AppRecord, RegisterApp, UpdateApp } from "./schema";

const NAME_TAKEN = { detail: "Another app has this name.", pointer: "/name" };

/** Registers an app. The answer holds its app secret, once. */
export async function registerApp(ctx: Ctx, input: RegisterApp): Promise<AppRecord & { secret: string }> {
  const act = {
    authority: "apps:create",
    action: "app.registered",
    target: { id: null, name: input.name },
    isSensitive: true,
    conflict: NAME_TAKEN,
  } as const;
  return mutate(ctx, act, async (tx, now, { principal }) => {
    const { keyAccess, tokenAccess, ...fields } = input;
    await requireResources(tx, ctx, resourcesIn({ keyAccess, tokenAccess }));
    const secret = mintSecret("app_secret");
    const row = await tx.app.create({
      data: {
        ...defined(fields),
        ...accessColumns({ keyAccess, tokenAccess }),
        id: newId("app"),
        organizationId: ctx.organizationId,
        secretDigest: secret.digest,
        secretHint: secret.hint,
        createdById: principal.id as string,
        createdByName: principal.name,
      },
    });
    const record = appRecord({ ...row, credentials: [] }, now);
    return {
      result: record,
      secret: { secret: secret.value },
      audit: { action: "app.registered", target: row, appId: row.id, after: record },
    };
  });
}

/** Changes an app's fields, or disables or enables it: its keys fail or work again at once. */
export async function updateApp(ctx: Ctx, id: string, input: UpdateApp): Promise<AppRecord> {
  const isSensitive = Object.keys(input).some((field) => field !== "name" && field !== "description");
  const act = {
    authority: "apps:update",
    action: "app.updated",
    target: { id, name: "app" },
    isSensitive,
    conflict: NAME_TAKEN,
  } as const;
  return mutate(ctx, act, async (tx, now) => {
    const before = await findApp(tx, ctx, id, now);
    const { enabled, keyAccess, tokenAccess, ...fields } = input;
    await requireResources(tx, ctx, resourcesIn({ keyAccess, tokenAccess }));
    const row = await tx.app.update({
      where: { id, organizationId: ctx.organizationId },
      data: {
        ...defined(fields),
        ...accessColumns({ keyAccess, tokenAccess }),
        ...(enabled !== undefined && { disabledAt: enabled ? null : (before.disabledAt ?? now) }),
      },
      include: withKeys(now),
    });
    return { result: appRecord(row, now), audit: updateEvents(before, row, now) };
  });
}

/** Switching an app off or on is a fact of its own beside a change of its fields. */
function updateEvents(before: AppRow, row: AppRow, now: Date): [AuditEntry<Action>, ...AuditEntry<Action>[]] {
  const place = { target: row, appId: row.id, before: appRecord(before, now), after: appRecord(row, now) };
  const updated = { action: "app.updated", ...place } as const;
  const isSwitched = (before.disabledAt === null) !== (row.disabledAt === null);
  if (!isSwitched) return [updated];
  const switched = { action: row.disabledAt ? "app.disabled" : "app.enabled", ...place } as const;
  return hasChanges(updated) ? [updated, switched] : [switched];
}

/** Deletes an app and revokes all its keys at once. Its history stays. */
export async function deleteApp(ctx: Ctx, id: string): Promise<AppRecord> {
  const act = {
    authority: "apps:delete",
    action: "app.deleted",
    target: { id, name: "app" },
    isSensitive: true,
  } as const;
  return mutate(ctx, act, async (tx, now, { principal }) => {
    const before = await findApp(tx, ctx, id, now);
    const revoked = await tx.credential.updateMany({
      where: { appId: id, organizationId: ctx.organizationId, revokedAt: null },
      data: {
        revokedAt: now,
        revokedById: principal.id,
        revokedByName: principal.name,
        revocationReason: "app deleted",
      },
    });
    const row = await tx.app.update({
      where: { id, organizationId: ctx.organizationId },
      data: { deletedAt: now },
      include: withKeys(now),
    });
    return {
      result: appRecord(row, now),
      audit: {
        action: "app.deleted",
        target: row,
        appId: id,
        before: { name: before.name, status: appRecord(before, now).status, revokedKeys: 0 },
        after: { name: before.name, status: "deleted", revokedKeys: revoked.count },
      },
    };
  });
}

/** Replaces the app secret; the old one fails at once. The answer holds the new one, once. */
export async function rotateAppSecret(ctx: Ctx, id: string): Promise<AppRecord & { secret: string }> {
  const act = {
    authority: "apps:update",
    action: "app.secret_rotated",
    target: { id, name: "app" },
    isSensitive: true,
  } as const;
  return mutate(ctx, act, async (tx, now) => {
    const before = await findApp(tx, ctx, id, now);
    const secret = mintSecret("app_secret");
    const row = await tx.app.update({
      where: { id, organizationId: ctx.organizationId },
      data: { secretDigest: secret.digest, secretHint: secret.hint, secretCreatedAt: now },
      include: withKeys(now),
    });
    return {
      result: appRecord(row, now),
      secret: { secret: secret.value },
      audit: { action: "app.secret_rotated", target: row, appId: id, before, after: row },
    };
  });
}

async function findApp(tx: Tx, ctx: Ctx, id: string, now: Date): Promise<AppRow> {
  // Changes of one app take turns, so that each decides by what the one before it left.
  await tx.$queryRaw`select 1 from app where id = ${id} and organization_id = ${ctx.organizationId} for update`;
  const row = await tx.app.findUnique({
    where: { id, organizationId: ctx.organizationId, deletedAt: null },
    include: withKeys(now),
  });
  if (!row) throw notFound("app");
  return row;
}
