import "server-only";
import { findCredential, listCredentials, liveAt } from "@/lib/credentials/queries";
import type { CredentialList } from "@/lib/credentials/schema";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Page } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { keyRecord } from "./record";
import type { KeyRecord } from "./schema";

/** The keys of one app, revoked ones included, newest first unless asked otherwise. */
export async function listKeys(ctx: Ctx, appId: string, query: CredentialList): Promise<Page<KeyRecord>> {
  await requirePermission(ctx, "keys:read");
  const app = await db().app.count({ where: { id: appId, organizationId: ctx.organizationId, deletedAt: null } });
  if (app === 0) throw notFound("app");
  return listCredentials(ctx, { kind: "api_key", appId }, query, keyRecord);
}

export async function getKey(ctx: Ctx, id: string): Promise<KeyRecord> {
  await requirePermission(ctx, "keys:read");
  const row = await findCredential(ctx, "api_key", id);
  if (!row) throw notFound("key");
  return keyRecord(row, ctx.now);
}

/** How many keys of the organization have neither been revoked nor expired; those of disabled apps included. */
export async function countLiveKeys(ctx: Ctx): Promise<number> {
  await requirePermission(ctx, "keys:read");
  const { organizationId, now } = ctx;
  return db().credential.count({
    where: { organizationId, kind: "api_key", ...liveAt(now) },
  });
}
