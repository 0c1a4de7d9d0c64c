import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { listQuery } from "@/lib/kernel/list-query";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { text } from "@/lib/kernel/text";

export const UserId = z.object({ user: idOf("user") });

export const USER_STATUSES = ["invited", "active", "deactivated"] as const;

export const USER_KINDS = ["employee", "guest"] as const;

export const ListUsers = listQuery(["name", "email", "createdAt"]).extend({
  status: z.enum(USER_STATUSES).optional(),
  kind: z.enum(USER_KINDS).optional(),
  /** Who holds this role, or any that is based on this system role. */
  role: z.union([idOf("role"), z.enum(SYSTEM_ROLES.map(({ id }) => id))], "must be the id of a role").optional(),
});
export type ListUsers = z.infer<typeof ListUsers>;

export const UpdateUser = z.strictObject({ firstName: text(1, 80), lastName: text(1, 80) }).partial();
export type UpdateUser = z.infer<typeof UpdateUser>;

/** A person as others see them. Times are ISO 8601 in UTC. */
export interface UserRecord {
  ZUID: string;
  firstName: string;
  lastName: string;
  email: string;
  kind: (typeof USER_KINDS)[number];
  status: (typeof USER_STATUSES)[number];
  /** Whether a second factor is asked for when they sign in. */
  hasSecondFactor: boolean;
  lastLogin: string | null;
  createdAt: string;
  updatedAt: string;
}

/** A role as somebody holds it. */
export interface HeldRoleName {
  ZUID: string;
  name: string;
  systemRoleZUID: string;
  /** Null: on the organization, and with it on every instance. */
  instance: { ZUID: string; name: string } | null;
}

/** A person as the list of people shows them. */
export interface PersonRecord extends UserRecord {
  hasSecondFactor: boolean;
  roles: HeldRoleName[];
}
