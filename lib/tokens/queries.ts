import "server-only";
import { findCredential, listCredentials } from "@/lib/credentials/queries";
import type { CredentialList } from "@/lib/credentials/schema";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Page } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { type AnyPermission, exceeding, type HeldRole, permissionsOf, type Power } from "@/lib/kernel/permissions";
import { systemRole } from "@/lib/kernel/system-roles";
import { tokenRecord } from "./record";
import type { IssueOptions, TokenRecord } from "./schema";

/** The tokens of one instance, ended ones included, newest first unless asked otherwise. */
export async function listTokens(ctx: Ctx, instanceId: string, query: CredentialList): Promise<Page<TokenRecord>> {
  await requirePermission(ctx, "tokens:read", instanceId);
  const instance = await db().instance.count({ where: { id: instanceId, organizationId: ctx.organizationId } });
  if (instance === 0) throw notFound("instance");
  return listCredentials(ctx, { kind: "access_token", instanceId }, query, tokenRecord);
}

/** Of an unknown token the permission is asked of the organization: who lacks it there learns nothing of what exists. */
export async function getToken(ctx: Ctx, id: string): Promise<TokenRecord> {
  const row = await findCredential(ctx, "access_token", id);
  await requirePermission(ctx, "tokens:read", row?.instanceId ?? undefined);
  if (!row) throw notFound("token");
  return tokenRecord(row, ctx.now);
}

/** What a token with its present role may do, whether it still works or not. */
export async function getTokenPermissions(ctx: Ctx, id: string): Promise<AnyPermission[]> {
  const row = await findCredential(ctx, "access_token", id);
  await requirePermission(ctx, "tokens:read", row?.instanceId ?? undefined);
  if (!row?.role || !row.instanceId) throw notFound("token");
  return permissionsOf(ofToken(ctx, { ...row.role, instanceId: row.instanceId }), row.instanceId);
}

/** What a token holds whose role is this: never more resources than the organization has registered. */
const ofToken = ({ power }: Ctx, role: HeldRole): Power => ({
  kind: "token",
  roles: [role],
  resources: "resources" in power ? power.resources : [],
});

/**
 * What a token of the instance can be issued with: for how many days at most, and which roles. The base roles of the
 * organization are left out, as each instance has its own of the same power. The mightiest come first.
 */
export async function getIssueOptions(ctx: Ctx, instanceId: string): Promise<IssueOptions> {
  await requirePermission(ctx, "tokens:create", instanceId);
  const { organizationId, power } = ctx;
  const [{ tokenMaxDays: maxDays }, roles] = await Promise.all([
    db().organization.findUniqueOrThrow({ where: { id: organizationId } }),
    db().role.findMany({
      where: { organizationId, deletedAt: null, OR: [{ instanceId }, { instanceId: null, isStatic: false }] },
      include: { rules: true },
      orderBy: { name: "asc" },
    }),
  ]);
  const levelOf = (role: { systemRoleId: string }) => systemRole(role.systemRoleId).level;
  const byPower = roles.sort((a, b) => levelOf(a) - levelOf(b));
  const choices = byPower.map(({ id, name, description, instanceId: own, systemRoleId, rules }) => {
    const held = { systemRoleId, instanceId, rules };
    return {
      ZUID: id,
      name,
      description,
      isEverywhere: own === null,
      held,
      permissions: permissionsOf(ofToken(ctx, held), instanceId),
      missingPermissions: exceeding(power, held),
    };
  });
  return { maxDays, roles: choices };
}
