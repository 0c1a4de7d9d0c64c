import { z } from "zod";
import { listQuery } from "@/lib/kernel/list-query";
import type { HeldRole, AnyPermission } from "@/lib/kernel/permissions";
import type { RoleRecord } from "@/lib/roles/schema";
import type { PermissionCount } from "@/lib/usage/schema";

/** The roles that apply on one instance: its own, and those of the organization for who may see them. */
export const ListRolesAt = listQuery(["name", "updatedAt"]).extend({
  kind: z.enum(["base", "custom"]).optional(),
  scope: z.enum(["instance", "everywhere"]).optional(),
});
export type ListRolesAt = z.infer<typeof ListRolesAt>;

/** A role with how much depends on it: the people who hold it and the tokens that work with it. */
export interface RoleInUse extends RoleRecord {
  isEverywhere: boolean;
  people: number;
  tokens: number;
}

/** Somebody or something that holds a role. */
export interface Holder {
  kind: "user" | "access_token";
  ZUID: string;
  name: string;
  /** People who have left hold their roles for when they come back. */
  hasLeft: boolean;
  /** Where a token works. */
  instanceZUID: string | null;
  /** What they may do there whatever becomes of this role, as other roles of theirs allow it. */
  keeps: AnyPermission[];
  /** How often a token was allowed each permission in the last thirty days. */
  uses: PermissionCount[];
}

export interface RoleAt {
  role: RoleInUse;
  /** As the decisions see it. */
  held: HeldRole;
  /** Those that the caller may see; the counts of the role are of all. */
  holders: Holder[];
}

/** A role as a choice for a person, or for the holders of another one. */
export interface PlacedRole {
  ZUID: string;
  name: string;
  description: string;
  /** The name of the system role it is based on; the same as its own for a base role. */
  basedOn: string;
  /** Null: the organization, and with it every instance. */
  instance: { ZUID: string; name: string } | null;
  /** What it grants beyond what the caller holds: empty when they may give it. */
  missingPermissions: AnyPermission[];
}
