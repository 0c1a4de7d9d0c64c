import "server-only";
import { addHours } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { mintSecret } from "@/lib/kernel/secrets";
import { flushUsage } from "@/lib/verification/usage";
import { type CredentialRow, liveVersions, type VersionRow } from "./record";
import type { ExtendRotation, RotateCredential } from "./schema";
import { actOn, findSubject, findUsable, type Noun, placeOf, type Subject } from "./subject";

const ROTATING = "A rotation is under way; finish it or roll it back first.";

/**
 * Issues the next version while the present one stays valid for the overlap, at most until the
 * credential's own expiry. The answer holds the new value, once. Of parallel rotations one wins.
 */
export async function rotate<N extends Noun, R extends object>(
  ctx: Ctx,
  subject: Subject<N, R>,
  input: RotateCredential,
): Promise<R & Record<N, string>> {
  const { id, kind, noun, show } = subject;
  const action = `${noun as Noun}.rotated` as const;
  const takesTurn = subject.requireMintable !== undefined;
  const act = { ...actOn(subject, "update"), action, takesTurn, conflict: { detail: ROTATING } };
  return mutate(ctx, act, async (tx, _start, { principal, power }) => {
    const { row, now } = await findUsable(tx, ctx, subject);
    subject.requireMintable?.(power, row);
    const [present, other] = liveVersions(row, now);
    if (!present || other) throw new AppError("conflict", ROTATING);
    const { rotationOverlapHours, rotationMaxHours } = await policyOf(tx, ctx);
    const endsAt = overlapEnd(row, now, now, input.overlapHours ?? rotationOverlapHours, rotationMaxHours);
    const number = (row.versions[0]?.number ?? 0) + 1;
    const secret = mintSecret(kind);
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
      result: show(await findSubject(tx, ctx, subject), now),
      secret: { [noun]: secret.value } as Record<N, string>,
      audit: {
        action,
        ...placeOf(row),
        before: { version: present.number, hint: present.hint },
        after: { version: number, hint: secret.hint, previousVersionEndsAt: endsAt },
      },
    };
  });
}

/** Moves the end of the overlap to so many hours from now, within the policy; 0 finishes the rotation. */
export async function extend<N extends Noun, R extends object>(
  ctx: Ctx,
  subject: Subject<N, R>,
  input: ExtendRotation,
): Promise<R> {
  const { id, noun, show } = subject;
  const action = `${noun as Noun}.${input.overlapHours === 0 ? "rotation_finished" : "rotation_extended"}` as const;
  return mutate(ctx, { ...actOn(subject, "update"), action }, async (tx) => {
    const { row, now, successor, predecessor } = await findRotation(tx, ctx, subject);
    const { rotationMaxHours } = await policyOf(tx, ctx);
    const endsAt = overlapEnd(row, now, successor.createdAt, input.overlapHours, rotationMaxHours);
    await setEnd(tx, id, predecessor.number, endsAt);
    return {
      result: show(await findSubject(tx, ctx, subject), now),
      audit: {
        action,
        ...placeOf(row),
        before: { version: predecessor.number, previousVersionEndsAt: predecessor.endsAt },
        after: { version: successor.number, previousVersionEndsAt: endsAt },
      },
    };
  });
}

/** Drops the successor, which nobody has used yet; the value before it lives on as before the rotation. */
export async function rollBack<N extends Noun, R extends object>(ctx: Ctx, subject: Subject<N, R>): Promise<R> {
  await flushUsage();
  const { id, noun, show } = subject;
  const action = `${noun as Noun}.rotation_rolled_back` as const;
  return mutate(ctx, { ...actOn(subject, "update"), action }, async (tx) => {
    const { row, now, successor, predecessor } = await findRotation(tx, ctx, subject);
    if (successor.lastUsedAt) {
      throw new AppError("conflict", `Version ${successor.number} is in use already; finish the rotation instead.`);
    }
    await setEnd(tx, id, successor.number, now);
    await setEnd(tx, id, predecessor.number, null);
    return {
      result: show(await findSubject(tx, ctx, subject), now),
      audit: {
        action,
        ...placeOf(row),
        before: { version: successor.number, previousVersionEndsAt: predecessor.endsAt },
        after: { version: predecessor.number, previousVersionEndsAt: null },
      },
    };
  });
}

async function findRotation<R extends object>(tx: Tx, ctx: Ctx, subject: Subject<Noun, R>) {
  const { row, now } = await findUsable(tx, ctx, subject);
  const [successor, predecessor] = liveVersions(row, now);
  if (!successor || !predecessor) throw new AppError("conflict", `This ${subject.noun} has no rotation under way.`);
  return { row, now, successor, predecessor };
}

/** Throws `invalid_input` when the overlap, counted from the start of the rotation, exceeds the policy. */
function overlapEnd(row: CredentialRow, now: Date, startedAt: Date, hours: number, maxHours: number): Date {
  const endsAt = addHours(now, hours);
  if (endsAt > addHours(startedAt, maxHours)) {
    const detail = `must keep the whole overlap within ${maxHours} hours`;
    throw new AppError("invalid_input", `/overlapHours ${detail}.`, { errors: [{ pointer: "/overlapHours", detail }] });
  }
  return row.expiresAt && row.expiresAt < endsAt ? row.expiresAt : endsAt;
}

const policyOf = (tx: Tx, ctx: Ctx) => tx.organization.findUniqueOrThrow({ where: { id: ctx.organizationId } });

const setEnd = (tx: Tx, credentialId: string, number: VersionRow["number"], endsAt: Date | null) =>
  tx.credentialVersion.update({ where: { credentialId_number: { credentialId, number } }, data: { endsAt } });
