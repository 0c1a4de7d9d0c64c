import "server-only";
import { addHours } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { mintSecret } from "@/lib/kernel/secrets";
import { flushUses } from "@/lib/verification/last-use";
import { findUsableKey } from "./commands";
import { keyRecord, type KeyRow, liveVersions, type VersionRow, withVersions } from "./record";
import type { KeyRecord, RotateKey } from "./schema";

const ROTATING = "A rotation is under way; finish it or roll it back first.";

/**
 * Issues the next version while the present one stays valid for the overlap, at most until the key's
 * own expiry. The answer holds the new value, once. Of parallel rotations one wins.
 */
export async function rotateKey(ctx: Ctx, id: string, input: RotateKey): Promise<KeyRecord & { key: string }> {
  const act = {
    authority: "keys:update",
    action: "key.rotated",
    target: { id, name: "key" },
    isSensitive: true,
    conflict: { detail: ROTATING },
  } as const;
  return mutate(ctx, act, async (tx, _start, { principal }) => {
    const { key, now } = await findUsableKey(tx, ctx, id);
    const [present, other] = liveVersions(key, now);
    if (!present || other) throw new AppError("conflict", ROTATING);
    const policy = await policyOf(tx, ctx);
    const endsAt = overlapEnd(
      key,
      now,
      now,
      input.overlapHours ?? policy.rotationOverlapHours,
      policy.rotationMaxHours,
    );
    const number = (key.versions[0]?.number ?? 0) + 1;
    const secret = mintSecret("api_key");
    await setEnd(tx, id, present.number, endsAt);
    await tx.credentialVersion.create({
      data: {
        credentialId: id,
        number,
        digest: secret.digest,
        hint: secret.hint,
        createdById: principal.id as string,
        createdByName: principal.name,
        createdAt: now,
      },
    });
    return {
      result: await reread(tx, ctx, id, now),
      secret: { key: secret.value },
      audit: {
        action: "key.rotated",
        target: key,
        appId: key.appId,
        before: { version: present.number, hint: present.hint },
        after: { version: number, hint: secret.hint, previousVersionEndsAt: endsAt },
      },
    };
  });
}

/** Moves the end of the overlap to so many hours from now, within the policy; 0 finishes the rotation. */
export async function extendRotation(ctx: Ctx, id: string, input: { overlapHours: number }): Promise<KeyRecord> {
  const isFinish = input.overlapHours === 0;
  const action = isFinish ? "key.rotation_finished" : "key.rotation_extended";
  const act = { authority: "keys:update", action, target: { id, name: "key" }, isSensitive: true } as const;
  return mutate(ctx, act, async (tx) => {
    const { key, now, successor, predecessor } = await findRotation(tx, ctx, id);
    const { rotationMaxHours } = await policyOf(tx, ctx);
    const endsAt = overlapEnd(key, now, successor.createdAt, input.overlapHours, rotationMaxHours);
    await setEnd(tx, id, predecessor.number, endsAt);
    return {
      result: await reread(tx, ctx, id, now),
      audit: {
        action,
        target: key,
        appId: key.appId,
        before: { version: predecessor.number, previousVersionEndsAt: predecessor.endsAt },
        after: { version: successor.number, previousVersionEndsAt: endsAt },
      },
    };
  });
}

/** Drops the successor, which nobody has used yet; the value before it lives on as before the rotation. */
export async function rollBackRotation(ctx: Ctx, id: string): Promise<KeyRecord> {
  await flushUses();
  const act = {
    authority: "keys:update",
    action: "key.rotation_rolled_back",
    target: { id, name: "key" },
    isSensitive: true,
  } as const;
  return mutate(ctx, act, async (tx) => {
    const { key, now, successor, predecessor } = await findRotation(tx, ctx, id);
    if (successor.lastUsedAt) {
      throw new AppError("conflict", `Version ${successor.number} is in use already; finish the rotation instead.`);
    }
    await setEnd(tx, id, successor.number, now);
    await setEnd(tx, id, predecessor.number, null);
    return {
      result: await reread(tx, ctx, id, now),
      audit: {
        action: "key.rotation_rolled_back",
        target: key,
        appId: key.appId,
        before: { version: successor.number, previousVersionEndsAt: predecessor.endsAt },
        after: { version: predecessor.number, previousVersionEndsAt: null },
      },
    };
  });
}

async function findRotation(tx: Tx, ctx: Ctx, id: string) {
  const { key, now } = await findUsableKey(tx, ctx, id);
  const [successor, predecessor] = liveVersions(key, now);
  if (!successor || !predecessor) throw new AppError("conflict", "This key has no rotation under way.");
  return { key, now, successor, predecessor };
}

/** Throws `invalid_input` when the overlap, counted from the start of the rotation, exceeds the policy. */
function overlapEnd(key: KeyRow, now: Date, startedAt: Date, hours: number, maxHours: number): Date {
  const endsAt = addHours(now, hours);
  if (endsAt > addHours(startedAt, maxHours)) {
    const detail = `must keep the whole overlap within ${maxHours} hours`;
    throw new AppError("invalid_input", `/overlapHours ${detail}.`, { errors: [{ pointer: "/overlapHours", detail }] });
  }
  return key.expiresAt && key.expiresAt < endsAt ? key.expiresAt : endsAt;
}

const policyOf = (tx: Tx, ctx: Ctx) => tx.organization.findUniqueOrThrow({ where: { id: ctx.organizationId } });

const setEnd = (tx: Tx, credentialId: string, number: VersionRow["number"], endsAt: Date | null) =>
  tx.credentialVersion.update({ where: { credentialId_number: { credentialId, number } }, data: { endsAt } });

async function reread(tx: Tx, ctx: Ctx, id: string, now: Date): Promise<KeyRecord> {
  const where = { id, organizationId: ctx.organizationId };
  return keyRecord(await tx.credential.findUniqueOrThrow({ where, include: withVersions }), now);
}
