import { LRUCache } from "lru-cache";
import { permissionsOf, type Power } from "@/lib/kernel/permissions";
import type { Accepted } from "./check";
import type { Found } from "./found";

/** What an accepted credential is, for who asked about it. Nobody is named: a person is an id. */
export interface Description {
  kind: "api_key" | "access_token" | "login_token" | "session";
  id: string;
  name: string;
  role: string | undefined;
  /** The name of a role is its organization's to choose; its id is not. */
  roleId: string | undefined;
  instance: string | undefined;
  organization: string;
  permissions: readonly string[];
  /** Milliseconds since 1970. */
  expiresAt: number | null;
}

/** Whoever asks may name any instance: bounded over all credentials. */
const describedOn = new LRUCache<string, { found: Found; description: Description }>({ max: 1_000 });

/** The permissions are those on the instance asked about, else on the credential's own, else on the organization. */
export function describe(found: Found, instanceId?: string): Description {
  const { power, principal } = found.standing;
  // Of the others, what they may do does not depend on the instance.
  if (instanceId === undefined || (power.kind !== "roles" && power.kind !== "login")) return descriptionOf(found);
  const name = `${principal.id} ${instanceId}`;
  const known = describedOn.get(name);
  if (known?.found === found) return known.description;
  const description = { ...descriptionOf(found), permissions: permissionsOf(power, instanceId) };
  describedOn.set(name, { found, description });
  return description;
}

/** Of all credentials that share a power: the list is made once. */
const listed = new WeakMap<Power, readonly string[]>();

/** What a power covers on the instance of the credential, where it has one, else on the organization. */
function permissionsIn(power: Power): readonly string[] {
  const own = power.kind === "token" ? power.roles[0]?.instanceId : undefined;
  const known = listed.get(power) ?? permissionsOf(power, own ?? undefined);
  listed.set(power, known);
  return known;
}

const joined = new WeakMap<readonly string[], string>();

/** Permissions as one text. */
export function scopeOf(permissions: readonly string[]): string {
  const known = joined.get(permissions) ?? permissions.join(" ");
  joined.set(permissions, known);
  return known;
}

/** As many characters as the permissions of a power take, one after the other. */
export const scopeLength = (power: Power) => scopeOf(permissionsIn(power)).length;

function descriptionOf(found: Found): Description {
  const { principal, power, organizationId: organization } = found.standing;
  // Of one shape whatever it describes: made for every answer, and written out as JSON, where undefined is left out.
  const description: Description = {
    kind: principal.kind === "user" ? "session" : principal.kind,
    id: principal.id,
    // Nobody is named.
    name: principal.kind === "user" ? principal.id : principal.name,
    role: undefined,
    roleId: undefined,
    instance: undefined,
    organization,
    permissions: permissionsIn(power),
    expiresAt: endOf(found),
  };
  if (principal.kind === "access_token") {
    description.role = principal.roleName;
    description.roleId = principal.roleId;
    description.instance = principal.instanceId;
  }
  return description;
}

/** When what is presented stops working if nothing changes, in milliseconds. */
export function endOf({ facts: { expiresAt, versionEndsAt, idleEndsAt } }: Found): number | null {
  const end = Math.min(expiresAt ?? Infinity, versionEndsAt ?? Infinity, idleEndsAt ?? Infinity);
  return end === Infinity ? null : end;
}

/** For how many seconds the answer may be kept: as the organization says, and not beyond the credential's own end. */
export function maxAgeOf({ found, now }: Accepted): number {
  const left = Math.floor(((endOf(found) ?? Infinity) - now) / 1000);
  return Math.max(0, Math.min(found.organization.maxAgeSeconds, left));
}
