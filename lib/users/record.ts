import type { Prisma, User } from "@/prisma/generated/client";
import type { HeldRoleName, PersonRecord, UserRecord } from "./schema";

/** Never the password's hash: fields are named one by one. */
export function userRecord(row: User): UserRecord {
  return {
    ZUID: row.id,
    firstName: row.firstName,
    lastName: row.lastName,
    email: row.email,
    kind: row.kind,
    status: row.status,
    hasSecondFactor: row.totpConfirmedAt !== null,
    lastLogin: row.lastSignInAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export const withHeldRoles = {
  assignments: {
    include: { role: { include: { instance: { select: { id: true, name: true } } } } },
    orderBy: { createdAt: "asc" },
  },
} as const satisfies Prisma.UserInclude;

export type PersonRow = Prisma.UserGetPayload<{ include: typeof withHeldRoles }>;

export const personRecord = (row: PersonRow): PersonRecord => ({
  ...userRecord(row),
  hasSecondFactor: row.totpConfirmedAt !== null,
  roles: row.assignments.map(({ role }) => heldRoleName(role)),
});

const heldRoleName = ({
  id,
  name,
  systemRoleId,
  instance,
}: PersonRow["assignments"][number]["role"]): HeldRoleName => ({
  ZUID: id,
  name,
  systemRoleZUID: systemRoleId,
  instance: instance && { ZUID: instance.id, name: instance.name },
});
