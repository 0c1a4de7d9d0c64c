import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { CONSOLE_RESOURCES, CONTENT_RESOURCES, type FLAGS, SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { prose, text } from "@/lib/kernel/text";

export const RoleId = z.object({ role: idOf("role") });

const RESOURCES: readonly string[] = [...Object.keys(CONSOLE_RESOURCES), ...CONTENT_RESOURCES];

/** What a rule is about: a resource by its name, an instance by its id, or one object by its id. */
const ResourceId = z
  .string()
  .refine(
    (value) => RESOURCES.includes(value) || /^\d{1,3}-[0-9a-f]{6,12}-[0-9a-z]{1,20}$/.test(value),
    "must be the name of a resource, or the id of an instance or object",
  );

export const RuleId = RoleId.extend({ resource: ResourceId });

const RoleFields = z.strictObject({
  name: text(2, 80),
  description: prose(500),
  systemRoleZUID: z.enum(SYSTEM_ROLES.map(({ id }) => id)),
});

export const CreateRole = RoleFields.partial({ description: true }).extend({
  /** Where the role is held: an instance, or the organization and with it every instance. */
  entityZUID: z.union([idOf("instance"), idOf("organization")], "must be the id of an instance or the organization"),
});
export type CreateRole = z.infer<typeof CreateRole>;

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

/** Names a role in a body: the one to give, or the one to move to. */
export const NamesRole = z.strictObject({ roleZUID: idOf("role") });
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
