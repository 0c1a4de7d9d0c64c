import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { numberedPage, type Page, wholeList } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { VendorPage } from "@/lib/kernel/list-query";
import { containing } from "@/lib/kernel/search";
import { requireSelfOr } from "@/lib/users/queries";
import { userRecord } from "@/lib/users/record";
import type { UserRecord } from "@/lib/users/schema";
import type { Prisma } from "@/prisma/generated/client";
import { roleRecord, type RoleRow, ruleRecord, withRules } from "./record";
import { ListInstanceRoles, type RoleRecord, type RuleRecord } from "./schema";

const orderBy = [{ isStatic: "desc" }, { id: "asc" }] satisfies Prisma.RoleOrderByWithRelationInput[];

/** The roles of an instance, its base roles first. Those of the organization apply there too and are not in it. */
export async function listInstanceRoles(
  ctx: Ctx,
  instanceId: string,
  { q, ...paging }: ListInstanceRoles = ListInstanceRoles.parse({}),
): Promise<Page<RoleRecord>> {
  await requirePermission(ctx, "roles:read", instanceId);
  await requireInstance(ctx, instanceId);
  return listRoles(ctx, { instanceId, ...(q && { name: containing(q) }) }, paging);
}

export async function getInstanceRole(ctx: Ctx, instanceId: string, id: string): Promise<RoleRecord> {
  await requirePermission(ctx, "roles:read", instanceId);
  const row = await findRole(ctx, id);
  if (row?.instanceId !== instanceId) throw notFound("role");
  return roleRecord(row);
}

/** The roles the caller holds itself: a person's, or the one of an access token. An API key holds none. */
export async function listMyRoles(ctx: Ctx): Promise<Page<RoleRecord>> {
  return listRoles(ctx, mine(ctx));
}

/** One role: one the caller holds, or any with `roles:read` where it is held. */
export async function getRole(ctx: Ctx, id: string): Promise<RoleRecord> {
  return roleRecord(await readRole(ctx, id));
}

export async function listRules(ctx: Ctx, roleId: string): Promise<Page<RuleRecord>> {
  const { rules } = await readRole(ctx, roleId);
  return wholeList(rules.map(ruleRecord));
}

export async function getRule(ctx: Ctx, roleId: string, resource: string): Promise<RuleRecord> {
  const { rules } = await readRole(ctx, roleId);
  const rule = rules.find((each) => each.resource === resource);
  if (!rule) throw notFound("rule");
  return ruleRecord(rule);
}

/** The roles a person holds: one's own, or anybody's with `users:read`. */
export async function listRolesOfUser(ctx: Ctx, userId: string): Promise<Page<RoleRecord>> {
  await requireSelfOr(ctx, userId);
  const user = await db().user.findUnique({ where: { id: userId, organizationId: ctx.organizationId } });
  if (!user) throw notFound("user");
  return listRoles(ctx, { assignments: { some: { userId } } });
}

/** The people who hold a role on the instance, each with that role; who has left is not in it. */
export async function listInstancePeople(
  ctx: Ctx,
  instanceId: string,
  paging: VendorPage = VendorPage.parse({}),
): Promise<Page<UserRecord & { role: RoleRecord }>> {
  await requirePermission(ctx, "users:read", instanceId);
  await requireInstance(ctx, instanceId);
  const where = {
    organizationId: ctx.organizationId,
    role: { instanceId },
    user: { status: { not: "deactivated" } },
  } satisfies Prisma.RoleAssignmentWhereInput;
  const [rows, total] = await Promise.all([
    db().roleAssignment.findMany({
      where,
      include: { user: true, role: { include: withRules } },
      orderBy: [{ userId: "asc" }, { roleId: "asc" }],
      ...rowsOf(paging),
    }),
    db().roleAssignment.count({ where }),
  ]);
  return numberedPage(
    rows.map(({ user, role }) => ({ ...userRecord(user), role: roleRecord(role) })),
    total,
    paging,
  );
}

async function listRoles(
  { organizationId }: Ctx,
  which: Prisma.RoleWhereInput,
  paging: VendorPage = VendorPage.parse({}),
): Promise<Page<RoleRecord>> {
  const where: Prisma.RoleWhereInput = { AND: [{ organizationId, deletedAt: null }, which] };
  const [rows, total] = await Promise.all([
    db().role.findMany({ where, include: withRules, orderBy, ...rowsOf(paging) }),
    db().role.count({ where }),
  ]);
  return numberedPage(rows.map(roleRecord), total, paging);
}

const rowsOf = ({ page, limit }: VendorPage) => ({ skip: (page - 1) * limit, take: limit });

function mine({ principal }: Ctx): Prisma.RoleWhereInput {
  if (principal.kind === "user") return { assignments: { some: { userId: principal.id } } };
  return { id: { in: principal.kind === "access_token" ? [principal.roleId] : [] } };
}

async function readRole(ctx: Ctx, id: string): Promise<RoleRow> {
  const row = await findRole(ctx, id);
  const isMine = row && (await db().role.count({ where: { AND: [{ id }, mine(ctx)] } })) > 0;
  if (!isMine) await requirePermission(ctx, "roles:read", row?.instanceId ?? undefined);
  if (!row) throw notFound("role");
  return row;
}

const findRole = (ctx: Ctx, id: string): Promise<RoleRow | null> =>
  db().role.findUnique({
    where: { id, organizationId: ctx.organizationId, deletedAt: null },
    include: withRules,
  });

async function requireInstance({ organizationId }: Ctx, id: string): Promise<void> {
  if ((await db().instance.count({ where: { id, organizationId } })) === 0) throw notFound("instance");
}
