import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { listQuery } from "@/lib/kernel/list-query";
import { text } from "@/lib/kernel/text";

export const UserId = z.object({ user: idOf("user") });

export const USER_STATUSES = ["invited", "active", "deactivated"] as const;

export const ListUsers = listQuery(["name", "email", "createdAt"]).extend({
  status: z.enum(USER_STATUSES).optional(),
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
  kind: "employee" | "guest";
  status: (typeof USER_STATUSES)[number];
  lastLogin: string | null;
  createdAt: string;
  updatedAt: string;
}
