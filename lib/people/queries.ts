import "server-only";
import { liveAt, pageOfCredentials } from "@/lib/credentials/queries";
import { credentialRecord, type CredentialRow, iso } from "@/lib/credentials/record";
import { CredentialList } from "@/lib/credentials/schema";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { mapPage, type Page } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { allows, exceeding } from "@/lib/kernel/permissions";
import { OWNER_ROLE_ID } from "@/lib/kernel/system-roles";
import { heldRole, withRules } from "@/lib/roles/record";
import { getCalls } from "@/lib/usage/queries";
import { personRecord, withHeldRoles } from "@/lib/users/record";
import type { Prisma } from "@/prisma/generated/client";
import type { IssuedCredential, PersonFacts } from "./schema";

/** One person, with what decides whether the caller may change what they hold. */
export async function getPerson(ctx: Ctx, id: string): Promise<PersonFacts> {
  await requirePermission(ctx, "users:read");
  const { organizationId, power } = ctx;
  const row = await db().user.findUnique({ where: { id, organizationId }, include: withHeldRoles });
  if (!row) throw notFound("user");
  const [held, ownedAlone, pendingLinks] = await Promise.all([
    db().role.findMany({ where: { organizationId, assignments: { some: { userId: id } } }, include: withRules }),
    rolesOwnedAlone(ctx, id),
    countPendingLinks(ctx, row),
  ]);
  const { roles, ...person } = personRecord(row);
  return {
    ...person,
    pendingLinks,
    roles: roles.flatMap((name) => {
      const role = held.find((each) => each.id === name.ZUID);
      if (!role) return [];
      return {
        ...name,
        isLastOwner: ownedAlone.includes(role.id),
        mayGrant: allows(power, "users:grant", role.instanceId ?? undefined),
        missingPermissions: exceeding(power, heldRole(role)),
      };
    }),
  };
}

/** The Owner's roles of the person that no other active person holds. */
async function rolesOwnedAlone({ organizationId }: Ctx, userId: string): Promise<string[]> {
  const alone = await db().role.findMany({
    where: {
      organizationId,
      isStatic: true,
      systemRoleId: OWNER_ROLE_ID,
      AND: [
        { assignments: { some: { userId } } },
        { assignments: { none: { userId: { not: userId }, user: { status: "active" } } } },
      ],
    },
    select: { id: true },
  });
  return alone.map(({ id }) => id);
}

async function countPendingLinks(
  { organizationId, now }: Ctx,
  { id: userId, email }: { id: string; email: string },
): Promise<number> {
  const isOpen = { organizationId, endedAt: null, expiresAt: { gt: now } };
  const [invites, resets] = await Promise.all([
    db().invite.count({ where: { ...isOpen, email } }),
    db().passwordReset.count({ where: { ...isOpen, userId } }),
  ]);
  return invites + resets;
}

/** The live keys and tokens that the person has issued and the caller may see, newest first. They outlive their stay. */
export async function listIssuedBy(ctx: Ctx, userId: string, limit = 100): Promise<Page<IssuedCredential>> {
  await requirePermission(ctx, "users:read");
  const { organizationId, now } = ctx;
  const where = { organizationId, createdById: userId, AND: [liveAt(now), { OR: readable(ctx) }] };
  const page = await pageOfCredentials(ctx, where, CredentialList.parse({ limit }), (row) => row);
  const ids = page.rows.flatMap(({ instanceId }) => instanceId ?? []);
  const instances = await db().instance.findMany({ where: { organizationId, id: { in: ids } } });
  const nameOf = (id: string | null) => instances.find((instance) => instance.id === id)?.name ?? "";
  const calls = await getCalls(
    ctx,
    page.rows.map(({ id }) => id),
  );
  return mapPage(page, (row) => ({ ...issued(row, nameOf(row.instanceId), now), calls: calls[row.id]?.allowed ?? 0 }));
}

/** Keys are the organization's matter; tokens are seen where the caller may see tokens. */
function readable({ power }: Ctx): Prisma.CredentialWhereInput[] {
  const places = "roles" in power ? power.roles.flatMap(({ instanceId }) => instanceId ?? []) : [];
  const here = places.filter((instanceId) => allows(power, "tokens:read", instanceId));
  return [
    ...(allows(power, "keys:read") ? [{ kind: "api_key" as const, app: { deletedAt: null } }] : []),
    { kind: "access_token", ...(!allows(power, "tokens:read") && { instanceId: { in: here } }) },
  ];
}

function issued(row: CredentialRow, instanceName: string, now: Date): Omit<IssuedCredential, "calls"> {
  const place =
    row.kind === "api_key"
      ? { ZUID: row.appId ?? "", name: row.app?.name ?? "" }
      : { ZUID: row.instanceId ?? "", name: instanceName };
  return { ...credentialRecord(row, now), kind: row.kind, expiresAt: iso(row.expiresAt), place };
}
