import type { User } from "@/prisma/generated/client";
import type { UserRecord } from "./schema";

/** Never the password's hash: fields are named one by one. */
export function userRecord(row: User): UserRecord {
  return {
    ZUID: row.id,
    firstName: row.firstName,
    lastName: row.lastName,
    email: row.email,
    kind: row.kind,
    status: row.status,
    lastLogin: row.lastSignInAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
