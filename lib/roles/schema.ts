import { z } from "zod";
import { idOf, NamedRole } from "@/lib/kernel/ids";
import { SearchText, VendorPage } from "@/lib/kernel/list-query";
import { type FLAGS, SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { prose, text } from "@/lib/kernel/text";

export const RoleId = z.object({ role: idOf("role") });

/**
 * What a rule is about: a resource by its name, an instance by its id, or one object by its id. Whether the
 * organization has such a resource or instance, the command looks up.
 */
const ResourceId = z
  .string()
  .max(60)
  .regex(
    /^([a-z][a-z0-9-]{1,39}|\d{1,3}-[0-9a-f]{6,12}-[0-9a-z]{1,20})$/,
    "must be the name of a resource, or the id of an instance or object",
  );

export const RuleId = RoleId.extend({ resource: ResourceId });

/** The vendor's list of an instance's roles; `q` finds by name. */
export const ListInstanceRoles = VendorPage.extend({ q: SearchText.optional() });
export type ListInstanceRoles = z.infer<typeof ListInstanceRoles>;

/** The `updatedAt` of the role that a change is based on: it is refused when the role was changed since. */
export const Unmodified = z.object({
  unmodifiedSince: z.iso.datetime("must be a time such as 2026-11-21T00:00:00.000Z").optional(),
});
export type Unmodified = z.infer<typeof Unmodified>;

const RoleFields = z.strictObject({
  name: text(2, 80),
  description: prose(500),
  systemRoleZUID: z.enum(SYSTEM_ROLES.map(({ id }) => id)),
});

export const UpdateRole = RoleFields.partial();
export type UpdateRole = z.infer<typeof UpdateRole>;

/** The role that the holders of a deleted one get instead. */
export const DeleteRole = z.strictObject({ replacement: idOf("role").optional() });
export type DeleteRole = z.infer<typeof DeleteRole>;

/** Allowed, denied, or (null) left to the next rule. */
const said = z.boolean().nullable().default(null);

export const RuleInput = z.strictObject({
  resourceZUID: ResourceId,
  create: said,
  read: said,
  update: said,
  delete: said,
  publish: said,
});
export type RuleInput = z.infer<typeof RuleInput>;

export const RULES_AT_MOST = 100;

export const ReplaceRules = z
  .array(RuleInput)
  .max(RULES_AT_MOST, `a role takes at most ${RULES_AT_MOST} rules`)
  .refine(
    (rules) => new Set(rules.map(({ resourceZUID }) => resourceZUID)).size === rules.length,
    "names a resource twice",
  );

export const CreateRole = RoleFields.partial({ description: true }).extend({
  /** Where the role is held: an instance, or the organization and with it every instance. */
  entityZUID: z.union([idOf("instance"), idOf("organization")], "must be the id of an instance or the organization"),
  /** Its rules from the start, so that it never grants more. */
  granularRoles: ReplaceRules.optional(),
});
export type CreateRole = z.infer<typeof CreateRole>;

/** Names a role in a body: the one to give, or the one to move to. */
export const NamesRole = z.strictObject({ roleZUID: NamedRole });
export type NamesRole = z.infer<typeof NamesRole>;

export interface RuleRecord extends RuleInput {
  ZUID: string;
  roleZUID: string;
  createdAt: string;
  updatedAt: string;
}

/** A role as the vendor publishes it. Times are ISO 8601 in UTC. */
export interface RoleRecord {
  ZUID: string;
  name: string;
  description: string;
  /** The instance it is held on, or the organization. */
  entityZUID: string;
  systemRoleZUID: string;
  systemRole: { ZUID: string; name: string } & Record<(typeof FLAGS)[number], boolean>;
  /** The first of its rules; null when it has none. */
  granularRoleZUID: string | null;
  granularRoles: RuleRecord[] | null;
  static: boolean;
  expiry: null;
  createdByUserZUID: string | null;
  createdAt: string;
  updatedAt: string;
}
