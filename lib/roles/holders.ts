import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import type { ErrorDetails } from "@/lib/kernel/errors";

type Holder = NonNullable<ErrorDetails["holders"]>[number];

/** Who and what holds the role: people, also those who have left, and the tokens that still work. */
export async function holdersOf(tx: Tx, { organizationId }: Ctx, roleId: string, now: Date): Promise<Holder[]> {
  const people = await tx.user.findMany({
    where: { organizationId, assignments: { some: { roleId } } },
    select: { id: true, firstName: true, lastName: true },
    orderBy: { id: "asc" },
  });
  const tokens = await tx.credential.findMany({
    where: { organizationId, roleId, revokedAt: null, expiresAt: { gt: now } },
    select: { id: true, name: true },
    orderBy: { id: "asc" },
  });
  return [
    ...people.map(({ id, firstName, lastName }) => ({
      kind: "user" as const,
      ZUID: id,
      name: `${firstName} ${lastName}`.trim(),
    })),
    ...tokens.map(({ id, name }) => ({ kind: "access_token" as const, ZUID: id, name })),
  ];
}

/** Everybody who holds the one role holds the other instead; who held both keeps the one. Answers with their ids. */
export async function moveAssignments(tx: Tx, ctx: Ctx, fromId: string, toId: string): Promise<string[]> {
  const { organizationId, principal } = ctx;
  const where = { organizationId, roleId: fromId };
  const held = await tx.roleAssignment.findMany({ where, select: { userId: true }, orderBy: { userId: "asc" } });
  await tx.roleAssignment.createMany({
    data: held.map(({ userId }) => ({ userId, roleId: toId, organizationId, createdById: principal.id })),
    skipDuplicates: true,
  });
  await tx.roleAssignment.deleteMany({ where });
  return held.map(({ userId }) => userId);
}
