import "server-only";
import { liveAt } from "@/lib/credentials/queries";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { byText, byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import {
  allows,
  type AnyPermission,
  exceeding,
  type HeldRole,
  permissionsOf,
  registeredOf,
} from "@/lib/kernel/permissions";
import { containing } from "@/lib/kernel/search";
import { systemRole } from "@/lib/kernel/system-roles";
import { heldRole, roleRecord, withRules } from "@/lib/roles/record";
import { getUses } from "@/lib/usage/queries";
import type { Prisma } from "@/prisma/generated/client";
import type { Holder, ListRolesAt, PlacedRole, RoleAt, RoleInUse } from "./schema";

const withUse = (now: Date) =>
  ({
    ...withRules,
    _count: { select: { assignments: true, credentials: { where: liveAt(now) } } },
  }) satisfies Prisma.RoleInclude;
type RoleRow = Prisma.RoleGetPayload<{ include: ReturnType<typeof withUse> }>;

const SORTS = {
  name: byText<RoleRow>("name", (row) => row.name),
  updatedAt: byTime<RoleRow>("updatedAt", (row) => row.updatedAt),
};

/** The roles that apply on an instance, by name unless asked otherwise. Throws `not_found` for no instance of ours. */
export async function listRolesAt(ctx: Ctx, instanceId: string, query: ListRolesAt): Promise<Page<RoleInUse>> {
  const { q, kind, scope } = query;
  const where: Prisma.RoleWhereInput = {
    AND: [
      await visibleAt(ctx, instanceId),
      q ? { name: containing(q) } : {},
      kind ? { isStatic: kind === "base" } : {},
      scope ? { instanceId: scope === "instance" ? instanceId : null } : {},
    ],
  };
  const page = await readPage(
    { ...query, dir: query.dir ?? (query.sort === "updatedAt" ? "desc" : "asc") },
    SORTS[query.sort ?? "name"],
    (part) =>
      db().role.findMany({
        where: { AND: [where, part.where] },
        orderBy: part.orderBy,
        take: part.take,
        include: withUse(ctx.now),
      }),
    () => db().role.count({ where }),
  );
  return mapPage(page, roleInUse);
}

/** One of these roles, and who and what holds it. */
export async function getRoleAt(ctx: Ctx, instanceId: string, id: string): Promise<RoleAt> {
  const where = { AND: [await visibleAt(ctx, instanceId), { id }] };
  const row = await db().role.findFirst({ where, include: withUse(ctx.now) });
  if (!row) throw notFound("role");
  const [people, tokens] = await Promise.all([peopleWith(ctx, row, instanceId), tokensWith(ctx, row)]);
  return { role: roleInUse(row), held: heldRole(row), holders: [...people, ...tokens] };
}

/** The roles that people are given, where the caller may give roles at all; the mightiest of each place first. */
export async function listRolesToGive(ctx: Ctx, places?: readonly (string | null)[]): Promise<PlacedRole[]> {
  const { organizationId, power } = ctx;
  const rows = await db().role.findMany({
    where: {
      organizationId,
      deletedAt: null,
      ...(places && { OR: places.map((instanceId) => ({ instanceId })) }),
    },
    include: { ...withRules, instance: { select: { id: true, name: true } } },
    orderBy: [{ isStatic: "desc" }, { name: "asc" }],
  });
  const levelOf = (row: { systemRoleId: string }) => systemRole(row.systemRoleId).level;
  return rows
    .filter(({ instanceId }) => allows(power, "users:grant", instanceId ?? undefined))
    .sort((a, b) => levelOf(a) - levelOf(b))
    .map((row) => ({
      ZUID: row.id,
      name: row.name,
      description: row.description,
      basedOn: systemRole(row.systemRoleId).name,
      instance: row.instance && { ZUID: row.instance.id, name: row.instance.name },
      missingPermissions: exceeding(power, heldRole(row)),
    }));
}

/** Those of the instance; and those of the organization, which apply there too, for who may read them. */
async function visibleAt(ctx: Ctx, instanceId: string): Promise<Prisma.RoleWhereInput> {
  const { organizationId, power } = ctx;
  await requirePermission(ctx, "roles:read", instanceId);
  if ((await db().instance.count({ where: { id: instanceId, organizationId } })) === 0) throw notFound("instance");
  const everywhere = allows(power, "roles:read") ? [{ instanceId: null }] : [];
  return { organizationId, deletedAt: null, OR: [{ instanceId }, ...everywhere] };
}

function roleInUse(row: RoleRow): RoleInUse {
  const { assignments, credentials } = row._count;
  return { ...roleRecord(row), isEverywhere: row.instanceId === null, people: assignments, tokens: credentials };
}

async function peopleWith(ctx: Ctx, role: RoleRow, instanceId: string): Promise<Holder[]> {
  if (!allows(ctx.power, "users:read", role.instanceId ?? undefined)) return [];
  const { organizationId } = ctx;
  const rows = await db().user.findMany({
    where: { organizationId, assignments: { some: { roleId: role.id } } },
    include: { assignments: { where: { roleId: { not: role.id } }, include: { role: { include: withRules } } } },
    orderBy: [{ lastName: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, firstName, lastName, status, assignments }) => ({
    kind: "user",
    ZUID: id,
    name: `${firstName} ${lastName}`.trim(),
    hasLeft: status === "deactivated",
    instanceZUID: null,
    keeps: kept(
      assignments.map((each) => heldRole(each.role)),
      registeredOf(ctx.power),
      // What another role gives on this instance alone is no substitute for what this one gives on all.
      role.instanceId === null ? undefined : instanceId,
    ),
    uses: [],
  }));
}

const kept = (roles: HeldRole[], resources: readonly string[], instanceId: string | undefined): AnyPermission[] =>
  roles.length === 0 ? [] : permissionsOf({ kind: "roles", roles, resources }, instanceId);

async function tokensWith(ctx: Ctx, role: RoleRow): Promise<Holder[]> {
  const { organizationId, power, now } = ctx;
  const rows = await db().credential.findMany({
    where: { organizationId, roleId: role.id, ...liveAt(now) },
    select: { id: true, name: true, instanceId: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const seen = rows.filter(({ instanceId }) => allows(power, "tokens:read", instanceId ?? undefined));
  const uses = await getUses(
    ctx,
    seen.map(({ id }) => id),
  );
  return seen.map(({ id, name, instanceId }) => ({
    kind: "access_token",
    ZUID: id,
    name,
    hasLeft: false,
    instanceZUID: instanceId,
    keeps: [],
    uses: uses[id] ?? [],
  }));
}
