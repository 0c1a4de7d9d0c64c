import type { HeldRole } from "@/lib/kernel/permissions";
import { FLAGS, systemRole } from "@/lib/kernel/system-roles";
import type { Prisma, RoleRule } from "@/prisma/generated/client";
import type { RoleRecord, RuleRecord } from "./schema";

export const withRules = { rules: { orderBy: { id: "asc" } } } satisfies Prisma.RoleInclude;

export type RoleRow = Prisma.RoleGetPayload<{ include: typeof withRules }>;

export function roleRecord(row: RoleRow): RoleRecord {
  const base = systemRole(row.systemRoleId);
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, base.flags.includes(flag)]));
  return {
    ZUID: row.id,
    name: row.name,
    description: row.description,
    entityZUID: row.instanceId ?? row.organizationId,
    systemRoleZUID: base.id,
    systemRole: { ZUID: base.id, name: base.name, ...(flags as Record<(typeof FLAGS)[number], boolean>) },
    granularRoleZUID: row.rules[0]?.id ?? null,
    granularRoles: row.rules.length > 0 ? row.rules.map(ruleRecord) : null,
    static: row.isStatic,
    expiry: null,
    createdByUserZUID: row.createdById,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function ruleRecord(row: RoleRule): RuleRecord {
  return {
    ZUID: row.id,
    roleZUID: row.roleId,
    resourceZUID: row.resource,
    create: row.create,
    read: row.read,
    update: row.update,
    delete: row.delete,
    publish: row.publish,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The role as its holder holds it. */
export const heldRole = ({ systemRoleId, instanceId, rules }: RoleRow): HeldRole => ({
  systemRoleId,
  instanceId,
  rules,
});
