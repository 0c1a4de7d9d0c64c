import "server-only";
import { createCredential } from "@/lib/credentials/create";
import { columnsOf, type CredentialRow, withVersions } from "@/lib/credentials/record";
import { revoke } from "@/lib/credentials/revoke";
import type { RevokeCredential } from "@/lib/credentials/schema";
import { actOn, findUsable, isReach, placeOf } from "@/lib/credentials/subject";
import { requireGrantable } from "@/lib/kernel/authority";
import { addHours } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { mintSecret } from "@/lib/kernel/secrets";
import { requireFreeName } from "./name";
import { instanceFor, tokenAt } from "./place";
import { TOKEN, tokenRecord } from "./record";
import type { ChangeToken, IssueToken, TokenRecord, UpdateToken } from "./schema";

/** Issues a token with a role the caller could hand out. The answer holds its value, once. */
export async function issueToken(ctx: Ctx, input: IssueToken): Promise<TokenRecord & { token: string }> {
  const at = await instanceFor(ctx, input);
  const act = {
    authority: "tokens:create",
    action: "token.issued",
    target: { id: null, name: input.name },
    isSensitive: true,
    takesTurn: true,
    ...(at && { instanceId: at }),
  } as const;
  return mutate(ctx, act, async (tx, now, { principal, power }) => {
    const { organizationId } = ctx;
    const role = await findRole(tx, ctx, input);
    const { id: instanceId, name: instanceName } = await requireFreeName(tx, ctx, at as string, input.name);
    requireGrantable(power, { ...role, instanceId });
    const maxDays = role.organization.tokenMaxDays;
    const { expiresInDays = maxDays } = input;
    if (expiresInDays > maxDays) throw wrong("expiresInDays", `must be at most ${maxDays}, your organization's limit`);
    const secret = mintSecret(TOKEN.kind);
    const row = await createCredential(
      tx,
      {
        ...columnsOf(input),
        name: input.name,
        id: newId("token"),
        kind: TOKEN.kind,
        organizationId,
        instanceId,
        roleId: role.id,
        createdById: principal.id as string,
        createdByName: principal.name,
        createdAt: now,
        expiresAt: inDays(now, expiresInDays),
      },
      secret,
      { app: null, instance: { name: instanceName }, role },
    );
    const record = tokenRecord(row, now);
    return {
      result: record,
      secret: { token: secret.value },
      audit: { action: "token.issued", ...placeOf(row), after: record },
    };
  });
}

/** The role, which is neither changed nor deleted until the token stands. Throws `not_found` or `invalid_input`. */
async function findRole(tx: Tx, { organizationId }: Ctx, { roleZUID: id, instanceZUID }: IssueToken) {
  await tx.$queryRaw`select 1 from role where id = ${id} and organization_id = ${organizationId} for share`;
  const where = { id, organizationId, deletedAt: null };
  const organization = { select: { tokenMaxDays: true } };
  const role = await tx.role.findUnique({ where, include: { rules: true, organization } });
  if (!role) throw notFound("role");
  if (role.instanceId === null) {
    if (!instanceZUID) throw wrong("instanceZUID", "is missing: this role applies to every instance, a token to one");
  } else if (instanceZUID && instanceZUID !== role.instanceId) {
    throw wrong("instanceZUID", "must be left out or be the instance of the role");
  }
  return role;
}

/** Renews the token, or changes what is given. Throws `invalid_input` for both at once. */
export async function changeToken(ctx: Ctx, id: string, { action }: ChangeToken, input: UpdateToken) {
  if (action === undefined) return updateToken(ctx, id, input);
  const [field] = Object.keys(input);
  if (field) throw wrong(field, "cannot be changed while renewing; send an empty body");
  return renewToken(ctx, id);
}

/** Renames, describes or restricts a token. What loosens or tightens it asks for a fresh password proof. */
export async function updateToken(ctx: Ctx, id: string, input: UpdateToken): Promise<TokenRecord> {
  const subject = await tokenAt(ctx, id);
  const { instanceId } = subject;
  const act = { ...actOn(subject, "update"), action: "token.updated", isSensitive: isReach(input) } as const;
  return mutate(ctx, act, async (tx, now) => {
    if (instanceId && input.name !== undefined) await requireFreeName(tx, ctx, instanceId, input.name, id);
    const { row: before } = await findUsable(tx, ctx, subject);
    const row = await change(tx, before, columnsOf(input));
    const [was, is] = [tokenRecord(before, now), tokenRecord(row, now)];
    return { result: is, audit: { action: "token.updated", ...placeOf(row), before: was, after: is } };
  });
}

/** Keeps the value and gives it the organization's longest life from now on. */
export async function renewToken(ctx: Ctx, id: string): Promise<TokenRecord> {
  const subject = await tokenAt(ctx, id);
  const act = { ...actOn(subject, "update"), action: "token.renewed", takesTurn: true } as const;
  return mutate(ctx, act, async (tx, _start, { power }) => {
    const { row: before, now } = await findUsable(tx, ctx, subject);
    TOKEN.requireMintable(power, before);
    const row = await change(tx, before, { expiresAt: inDays(now, await maxDaysOf(tx, ctx)) });
    const [was, is] = [tokenRecord(before, now), tokenRecord(row, now)];
    return { result: is, audit: { action: "token.renewed", ...placeOf(row), before: was, after: is } };
  });
}

/** Revokes every version of a token at once. The record stays, with who, when and why. */
export const revokeToken = async (ctx: Ctx, id: string, input: RevokeCredential) =>
  revoke(ctx, await tokenAt(ctx, id), input);

const change = (
  tx: Tx,
  { id, organizationId }: CredentialRow,
  data: Parameters<Tx["credential"]["update"]>[0]["data"],
) => tx.credential.update({ where: { id, organizationId }, data, include: withVersions });

const inDays = (now: Date, days: number) => addHours(now, days * 24);

async function maxDaysOf(tx: Tx, { organizationId: id }: Ctx): Promise<number> {
  return (await tx.organization.findUniqueOrThrow({ where: { id } })).tokenMaxDays;
}

function wrong(field: string, detail: string): AppError {
  return new AppError("invalid_input", `/${field} ${detail}.`, { errors: [{ pointer: `/${field}`, detail }] });
}
