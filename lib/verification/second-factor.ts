import "server-only";
import type { Db, Tx } from "@/lib/kernel/db";
import { allows, type HeldRole, type Permission } from "@/lib/kernel/permissions";
import { HELD_ROLES } from "./held-roles";

export type SecondFactorPolicy = "optional" | "grant_holders" | "everyone";

/** Who holds one of these can hand out power: by a role, a person, a credential's new secret or reach, or the policy. */
const HANDS_OUT: readonly Permission[] = [
  "users:grant",
  "users:create",
  "roles:grant",
  "roles:update",
  "tokens:create",
  "tokens:update",
  "keys:create",
  "keys:update",
  "apps:update",
  "policy:update",
];

const handsOut = (role: HeldRole) =>
  HANDS_OUT.some((permission) =>
    allows({ kind: "roles", roles: [role], resources: [] }, permission, role.instanceId ?? undefined),
  );

/** Whether the organization asks a second factor of a person who holds these roles. */
export function needsSecondFactor(policy: SecondFactorPolicy, roles: readonly HeldRole[]): boolean {
  if (policy === "grant_holders") return roles.some(handsOut);
  return policy === "everyone";
}

export interface FactorFacts {
  hasFactor: boolean;
  factorPolicy: SecondFactorPolicy;
  roles: HeldRole[];
}

/** A login by password alone is for people without a second factor of whom none is asked. */
export const isPasswordEnough = ({ hasFactor, factorPolicy, roles }: FactorFacts) =>
  !hasFactor && !needsSecondFactor(factorPolicy, roles);

/** The same for one person at this moment. */
export async function findFactorFacts(
  client: Db | Tx,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<FactorFacts | undefined> {
  const [facts] = await client.$queryRaw<FactorFacts[]>`
    select u.totp_confirmed_at is not null as "hasFactor", o.second_factor::text as "factorPolicy",
      ${HELD_ROLES} as roles
    from "user" u join organization o on o.id = u.organization_id
    where u.id = ${id} and u.organization_id = ${organizationId}`;
  return facts;
}
