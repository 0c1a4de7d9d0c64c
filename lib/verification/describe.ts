import { permissionsOf } from "@/lib/kernel/permissions";
import type { Accepted } from "./check";
import type { Found, PresentedPrincipal } from "./found";

/** What an accepted credential is, for who asked about it. Nobody is named: a person is an id. */
export interface Description {
  kind: "api_key" | "access_token" | "login_token" | "session";
  id: string;
  name: string;
  role?: string;
  /** The name of a role is its organization's to choose; its id is not. */
  roleId?: string;
  instance?: string;
  organization: string;
  permissions: readonly string[];
  expiresAt: string | null;
}

const described = new WeakMap<Found, Description>();

/** The permissions are those on the instance asked about, else on the credential's own, else on the organization. */
export function describe(found: Found, instanceId?: string): Description {
  const { power } = found.standing;
  // Of the others, what they may do does not depend on the instance.
  if (instanceId !== undefined && (power.kind === "roles" || power.kind === "login")) {
    return { ...describe(found), permissions: permissionsOf(power, instanceId) };
  }
  const known = described.get(found) ?? descriptionOf(found);
  described.set(found, known);
  return known;
}

function descriptionOf(found: Found): Description {
  const { principal, power, organizationId: organization } = found.standing;
  const { kind, name, instance, role, roleId } = identityOf(principal);
  return {
    kind,
    id: principal.id,
    name,
    ...(role !== undefined && { role }),
    ...(roleId !== undefined && { roleId }),
    ...(instance !== undefined && { instance }),
    organization,
    permissions: permissionsOf(power, instance),
    expiresAt: endOf(found)?.toISOString() ?? null,
  };
}

function identityOf(
  principal: PresentedPrincipal,
): Pick<Description, "kind" | "name" | "role" | "roleId" | "instance"> {
  switch (principal.kind) {
    case "access_token":
      return { ...principal, role: principal.roleName, instance: principal.instanceId };
    case "user":
      return { kind: "session", name: principal.id };
    case "api_key":
    case "login_token":
      return principal;
  }
}

/** When what is presented stops working if nothing changes. */
export function endOf({ facts: { expiresAt, versionEndsAt, idleEndsAt } }: Found): Date | null {
  const ends = [expiresAt, versionEndsAt, idleEndsAt].filter((end) => end !== null);
  return ends.length > 0 ? new Date(Math.min(...ends.map(Number))) : null;
}

/** For how many seconds the answer may be kept: as the organization says, and not beyond the credential's own end. */
export function maxAgeOf({ found, now }: Accepted): number {
  const end = endOf(found);
  const left = end ? Math.floor((end.getTime() - now.getTime()) / 1000) : Infinity;
  return Math.max(0, Math.min(found.organization.maxAgeSeconds, left));
}
