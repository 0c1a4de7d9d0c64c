import "server-only";
import { createCredential } from "@/lib/credentials/create";
import { columnsOf, type CredentialRow, withVersions } from "@/lib/credentials/record";
import { revoke } from "@/lib/credentials/revoke";
import type { RevokeCredential } from "@/lib/credentials/schema";
import { actOn, findUsable, isReach, placeOf } from "@/lib/credentials/subject";
import type { Action } from "@/lib/kernel/actions";
import type { Ctx } from "@/lib/kernel/ctx";
import { defined } from "@/lib/kernel/defined";
import { notFound } from "@/lib/kernel/errors";
import { type AuditEntry, hasChanges } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { mintSecret } from "@/lib/kernel/secrets";
import { KEY, keyRecord } from "./record";
import type { GenerateKey, KeyRecord, UpdateKey } from "./schema";
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
    const row = await createCredential(
      tx,
      {
        ...columnsOf(input),
        ...periodOf(input),
        name: input.name,
        id: newId("key"),
        kind: "api_key",
        organizationId,
        appId,
        createdById: principal.id as string,
        createdByName: principal.name,
        createdAt: now,
      },
      secret,
      { app, instance: null, role: null },
    );
    const record = keyRecord(row, now);
    return {
      result: record,
      secret: { key: secret.value },
      audit: { action: "key.generated", ...placeOf(row), after: record },
    };
  });
}

/** Renames or restricts a key, or disables or enables it. What loosens or tightens it asks for a fresh password proof. */
export async function updateKey(ctx: Ctx, id: string, input: UpdateKey): Promise<KeyRecord> {
  const subject = { ...KEY, id };
  const act = {
    ...actOn(subject, "update"),
    action: "key.updated",
    isSensitive: isReach(input),
    conflict: NAME_TAKEN,
  } as const;
  return mutate(ctx, act, async (tx, now) => {
    const { row: before } = await findUsable(tx, ctx, subject);
    requireValidity(input, now, before);
    const { enabled } = input;
    const row = await tx.credential.update({
      where: { id, organizationId: ctx.organizationId },
      data: {
        ...columnsOf(input),
        ...periodOf(input),
        ...(enabled !== undefined && { disabledAt: enabled ? null : (before.disabledAt ?? now) }),
      },
      include: withVersions,
    });
    return { result: keyRecord(row, now), audit: updateEvents(before, row, now) };
  });
}

/** Switching a key off or on is a fact of its own beside a change of its fields. */
function updateEvents(
  before: CredentialRow,
  row: CredentialRow,
  now: Date,
): [AuditEntry<Action>, ...AuditEntry<Action>[]] {
  const place = { ...placeOf(row), before: keyRecord(before, now), after: keyRecord(row, now) };
  const updated = { action: "key.updated", ...place } as const;
  if ((before.disabledAt === null) === (row.disabledAt === null)) return [updated];
  const switched = { action: row.disabledAt ? "key.disabled" : "key.enabled", ...place } as const;
  return hasChanges(updated) ? [updated, switched] : [switched];
}

/** Revokes every version of a key at once. The record stays, with who, when and why. */
export const revokeKey = (ctx: Ctx, id: string, input: RevokeCredential) => revoke(ctx, { ...KEY, id }, input);

function periodOf({ notBefore, expiresAt }: Partial<GenerateKey>) {
  const time = (text: string | null | undefined) => (typeof text === "string" ? new Date(text) : text);
  return defined({ notBefore: time(notBefore), expiresAt: time(expiresAt) });
}
