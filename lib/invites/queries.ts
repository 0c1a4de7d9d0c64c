import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import { databaseNow } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { byText, byTime, mapPage, type Page, readPage, wholeList } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { allows, exceeding, type Permission, type Power } from "@/lib/kernel/permissions";
import { containing } from "@/lib/kernel/search";
import { digestOf, secretKind } from "@/lib/kernel/secrets";
import { systemRole } from "@/lib/kernel/system-roles";
import { heldRole } from "@/lib/roles/record";
import type { Prisma } from "@/prisma/generated/client";
import { inviteRecord, type InviteRow, withRole } from "./record";
import type { InvitePlace, InviteRecord, LinkedInvite, ListInvites } from "./schema";

const SORTS = {
  email: byText<InviteRow>("email", (row) => row.email),
  createdAt: byTime<InviteRow>("createdAt", (row) => row.createdAt),
};

/** The invitations to roles the caller may see people of: everywhere, or on the instances a role of theirs is bound to. */
export async function listInvites(ctx: Ctx, query: ListInvites): Promise<Page<InviteRecord>> {
  const { organizationId, power } = ctx;
  if (!canListInvites(power)) await requirePermission(ctx, "users:read");
  const places = allows(power, "users:read")
    ? {}
    : { role: { instanceId: { in: instancesWith(power, "users:read") } } };
  const now = await databaseNow(db());
  const { q, status } = query;
  const isOpen = { endedAt: null, expiresAt: { gt: now } };
  const where: Prisma.InviteWhereInput = {
    organizationId,
    AND: [
      places,
      status ? (status === "open" ? isOpen : { NOT: isOpen }) : {},
      q ? { OR: [{ email: containing(q) }, { name: containing(q) }, { role: { name: containing(q) } }] } : {},
    ],
  };
  const page = await readPage(
    { ...query, dir: query.dir ?? "desc" },
    SORTS[query.sort ?? "createdAt"],
    (part) =>
      db().invite.findMany({
        where: { AND: [where, part.where] },
        include: withRole,
        orderBy: part.orderBy,
        take: part.take,
      }),
    () => db().invite.count({ where }),
  );
  return mapPage(page, (row) => inviteRecord(row, now));
}

/** The open invitations to an instance's own roles. */
export async function listPending(ctx: Ctx, instanceId: string): Promise<Page<InviteRecord>> {
  await requirePermission(ctx, "users:read", instanceId);
  const { organizationId } = ctx;
  if ((await db().instance.count({ where: { id: instanceId, organizationId } })) === 0) throw notFound("instance");
  const now = await databaseNow(db());
  const where = { organizationId, role: { instanceId }, endedAt: null, expiresAt: { gt: now } };
  const rows = await db().invite.findMany({ where, include: withRole, orderBy: { id: "asc" } });
  return wholeList(rows.map((row) => inviteRecord(row, now)));
}

/** Whoever may see the people of any place sees the invitations to it; likewise who may invite. */
export const canListInvites = (power: Power) => canSomewhere(power, "users:read");
export const canInvite = (power: Power) => canSomewhere(power, "users:create");

const canSomewhere = (power: Power, permission: Permission) =>
  allows(power, permission) || instancesWith(power, permission).length > 0;

const instancesWith = (power: Power, permission: Permission): string[] =>
  "roles" in power
    ? power.roles.flatMap(({ instanceId }) => (instanceId && allows(power, permission, instanceId) ? [instanceId] : []))
    : [];

/** Where the caller may invite to, and with which roles: those beyond their own say what they lack. The mightiest come first. */
export async function listInvitePlaces({ organizationId, power }: Ctx): Promise<InvitePlace[]> {
  const [organization, instances, roles] = await Promise.all([
    db().organization.findUniqueOrThrow({ where: { id: organizationId } }),
    db().instance.findMany({ where: { organizationId }, orderBy: { name: "asc" } }),
    db().role.findMany({
      where: { organizationId, deletedAt: null },
      include: { rules: { orderBy: { id: "asc" } } },
      orderBy: { name: "asc" },
    }),
  ]);
  const places = [
    { ...organization, instanceId: null },
    ...instances.map((instance) => ({ ...instance, instanceId: instance.id })),
  ];
  const levelOf = (role: { systemRoleId: string }) => systemRole(role.systemRoleId).level;
  return places
    .filter(({ instanceId }) => allows(power, "users:create", instanceId ?? undefined))
    .map(({ id, name, instanceId }) => ({
      ZUID: id,
      name,
      isOrganization: instanceId === null,
      roles: roles
        .filter((role) => role.instanceId === instanceId)
        .sort((a, b) => levelOf(a) - levelOf(b))
        .map((role) => ({
          ZUID: role.id,
          name: role.name,
          description: role.description,
          missingPermissions: exceeding(power, heldRole(role)),
        })),
    }));
}

/** What the link of a mail leads to; undefined when it does not work. Looking uses nothing up: programs open links too. */
export async function getInviteByLink(code: string): Promise<LinkedInvite | undefined> {
  return secretKind(code) === "link" ? readLinked({ digest: digestOf(code) }) : undefined;
}

/** The open invitation that was sent to the signed-in person. */
export async function getOwnInvite({ principal, organizationId }: Ctx, id: string): Promise<LinkedInvite | undefined> {
  return principal.kind === "user" ? readLinked({ id, organizationId, email: principal.email }) : undefined;
}

async function readLinked(which: Prisma.InviteWhereUniqueInput): Promise<LinkedInvite | undefined> {
  const now = await databaseNow(db());
  const row = await db().invite.findUnique({
    where: { ...which, endedAt: null, expiresAt: { gt: now } },
    include: withRole,
  });
  if (!row) return undefined;
  const { ZUID, inviteeEmail, inviteeName, instanceName, roleName, createdByName, expiresAt } = inviteRecord(row, now);
  const { name: organizationName, passwordMinLength } = row.organization;
  const account = await accountOf(row);
  const told = { ZUID, inviteeEmail, inviteeName, instanceName, roleName, createdByName, expiresAt };
  return { ...told, organizationName, passwordMinLength, account };
}

async function accountOf({ email, organizationId }: InviteRow): Promise<LinkedInvite["account"]> {
  const person = await db().user.findUnique({ where: { email } });
  if (!person) return "none";
  if (person.organizationId !== organizationId) return "elsewhere";
  if (person.status === "deactivated") return "left";
  return person.status === "active" ? "here" : "none";
}
