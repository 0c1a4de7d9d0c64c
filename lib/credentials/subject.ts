import "server-only";
import { databaseNow } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import type { Power } from "@/lib/kernel/permissions";
import { type CredentialRow, withVersions } from "./record";

export type Noun = "key" | "token";

/** How API keys and access tokens differ where they are changed alike. */
export interface Family<N extends Noun, R extends object> {
  kind: "api_key" | "access_token";
  /** Names the permission (`keys:update`), the action (`key.rotated`) and the member that holds the value. */
  noun: N;
  show: (row: CredentialRow, now: Date) => R;
  /** Throws `forbidden` when the caller may not hand out what the credential may do. */
  requireMintable?: (power: Power, row: CredentialRow) => void;
}

/** One credential that is to be changed, and the instance on which that takes the permission. */
export interface Subject<N extends Noun, R extends object> extends Family<N, R> {
  id: string;
  instanceId?: string;
}

/** The act of changing it, for `mutate`. */
export const actOn = (
  { noun, id, instanceId }: { noun: Noun; id: string; instanceId?: string },
  verb: "update" | "delete",
) =>
  ({
    authority: `${noun}s:${verb}`,
    target: { id, name: noun },
    isSensitive: true,
    ...(instanceId && { instanceId }),
  }) as const;

/** Whether a change touches what the credential may do or from where, which asks for a fresh proof. */
export const isReach = (input: object) =>
  Object.keys(input).some((field) => field !== "name" && field !== "description");

/** Where an event on the credential belongs. */
export const placeOf = (row: { id: string; name: string; appId: string | null; instanceId: string | null }) => ({
  target: row,
  ...(row.appId && { appId: row.appId }),
  ...(row.instanceId && { instanceId: row.instanceId }),
});

/** The credential as it stands. Throws `not_found`. */
export async function findSubject<R extends object>(
  tx: Tx,
  ctx: Ctx,
  { id, kind, noun }: Subject<Noun, R>,
): Promise<CredentialRow> {
  const where = { id, organizationId: ctx.organizationId, kind };
  const row = await tx.credential.findUnique({ where, include: withVersions });
  if (!row) throw notFound(noun);
  return row;
}

/**
 * The credential, if it has neither been revoked nor expired, and the time. Throws `not_found` or `conflict`.
 * Changes of one credential take turns: each decides by what the one before it left, when its turn has come.
 */
export async function findUsable<R extends object>(
  tx: Tx,
  ctx: Ctx,
  subject: Subject<Noun, R>,
): Promise<{ row: CredentialRow; now: Date }> {
  const { id, noun } = subject;
  await tx.$queryRaw`select 1 from credential where id = ${id} and organization_id = ${ctx.organizationId} for update`;
  const row = await findSubject(tx, ctx, subject);
  if (row.app?.deletedAt) throw notFound(noun);
  const anew = `${noun === "key" ? "generate" : "issue"} a new one`;
  if (row.revokedAt) throw new AppError("conflict", `This ${noun} was revoked; ${anew}.`);
  const now = await databaseNow(tx);
  if (row.expiresAt && row.expiresAt <= now) throw new AppError("conflict", `This ${noun} has expired; ${anew}.`);
  return { row, now };
}
