import "server-only";
import { Prisma } from "@/prisma/generated/client";

/** The rules of the role `r` of the query around it, as `Rule[]`. In one order, here and below, so that the same is kept once. */
export const RULES = Prisma.sql`coalesce((
  select json_agg(json_build_object('resource', x.resource, 'create', x.create, 'read', x.read,
    'update', x.update, 'delete', x.delete, 'publish', x.publish) order by x.resource) from role_rule x
  where x.role_id = r.id and x.organization_id = r.organization_id), '[]')`;

/** The roles of the person `u` of the query around it, each with its rules, as `HeldRole[]`. */
export const HELD_ROLES = Prisma.sql`coalesce((
  select json_agg(json_build_object('systemRoleId', r.system_role_id, 'instanceId', r.instance_id,
    'rules', ${RULES}) order by r.id)
  from role_assignment a join role r on r.id = a.role_id and r.organization_id = a.organization_id
  where a.user_id = u.id and a.organization_id = u.organization_id), '[]')`;

/** The ids of the same roles, as `string[]`. */
export const ROLE_IDS = Prisma.sql`coalesce((
  select json_agg(a.role_id) from role_assignment a
  where a.user_id = u.id and a.organization_id = u.organization_id), '[]')`;

/** What a check has to know of the organization `o` of the query around it, as `OrganizationFacts`. */
export const ORGANIZATION = Prisma.sql`json_build_object('accountName', o.account_name,
  'isOwn', exists (select 1 from deployment d where d.organization_id = o.id),
  'maxAgeSeconds', o.verification_max_age_seconds)`;

/** The names of the resources that the organization with this id has registered, as `string[]`. */
export const resourcesOf = (organizationId: Prisma.Sql) => Prisma.sql`coalesce((
  select json_agg(x.name order by x.name) from resource x where x.organization_id = ${organizationId}), '[]')`;
