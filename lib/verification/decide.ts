import type { ErrorCode, RateLimitState } from "@/lib/kernel/errors";
import { isInNetworks } from "@/lib/kernel/networks";
import { allows, type AnyPermission } from "@/lib/kernel/permissions";
import type { Found } from "./found";

/** What a check answers, and the error a caller of the console's own API is told of it. */
export const VERDICTS = {
  VALID: undefined,
  MALFORMED: "credential_malformed",
  NOT_FOUND: "credential_unknown",
  EXPIRED: "credential_expired",
  REVOKED: "credential_revoked",
  DISABLED: "credential_disabled",
  NOT_YET_VALID: "credential_not_yet_valid",
  IP_NOT_ALLOWED: "network_not_allowed",
  RATE_LIMITED: "too_many_requests",
  WRONG_INSTANCE: "forbidden",
  INSUFFICIENT_PERMISSIONS: "forbidden",
} as const satisfies Record<string, ErrorCode | undefined>;

export type VerdictCode = keyof typeof VERDICTS;

export interface Refusal {
  code: Exclude<VerdictCode, "VALID">;
  detail: string;
  missingPermissions?: string[];
  rateLimit?: RateLimitState;
}

/** What the time and the network decide about, whatever is asked for. Times are milliseconds since 1970. */
export interface Facts {
  noun: "API key" | "access token" | "login token" | "session";
  /** Why it is over for good. */
  over: string | null;
  /** When this value's overlap with its successor ends. */
  versionEndsAt: number | null;
  expiresAt: number | null;
  /** When a session ends that nobody acts in. An action moves it without any decision changing. */
  idleEndsAt: number | null;
  /** Why it is refused for the time being. */
  disabled: string | null;
  notBefore: number | null;
  allowedCidrs: readonly string[];
}

/**
 * Whether the credential is accepted at this moment from this address (undefined: it is not known):
 * undefined when it is, else the reason. What ended for good is said before what may pass.
 */
export function refusalOf(facts: Facts, now: number, ip: string | undefined): Refusal | undefined {
  const { noun, over, versionEndsAt, expiresAt, idleEndsAt, disabled, notBefore, allowedCidrs } = facts;
  if (over !== null) return { code: "REVOKED", detail: over };
  if (hasPassed(versionEndsAt, now)) {
    return { code: "REVOKED", detail: `This value of the ${noun} was replaced and its overlap has ended.` };
  }
  if (hasPassed(expiresAt, now) || hasPassed(idleEndsAt, now)) {
    const cure = noun === "login token" ? "; refresh it" : "";
    return { code: "EXPIRED", detail: `This ${noun} has expired${cure}.` };
  }
  if (disabled !== null) return { code: "DISABLED", detail: disabled };
  if (notBefore !== null && notBefore > now) return { code: "NOT_YET_VALID", detail: `This ${noun} is not valid yet.` };
  if (allowedCidrs.length > 0 && !(ip !== undefined && isInNetworks(ip, allowedCidrs))) {
    return { code: "IP_NOT_ALLOWED", detail: `This ${noun} does not work from your network.` };
  }
  return undefined;
}

/** Why a credential that has used up its rate is refused. */
export const overRate = (noun: Facts["noun"], rateLimit: RateLimitState): Refusal => ({
  code: "RATE_LIMITED",
  detail: `This ${noun} may make ${rateLimit.requests} requests per ${rateLimit.seconds} seconds.`,
  rateLimit,
});

const hasPassed = (time: number | null, now: number) => time !== null && time <= now;

/** What somebody wants to know of a presented value. */
export interface Asked {
  /** Permissions as `resource:verb`: all of them are needed, or one of them is enough. */
  permissions?: { of: "all" | "any"; names: readonly string[] };
  instanceId?: string;
  objectId?: string;
  /** The address the credential was presented from. Without it, one that is bound to networks is refused. */
  ip?: string;
  /** Only credentials of this organization exist for who asks: by its id, its account name, or `OWN`. */
  organization?: string;
}

/** The organization that the deployment was set up for. It is nobody's account name. */
export const OWN = "";

/** Whether the credential exists for who asks. */
export function isOfAsked({ organization, standing }: Found, { organization: asked }: Asked): boolean {
  if (asked === undefined) return true;
  return asked === OWN ? organization.isOwn : asked === standing.organizationId || asked === organization.accountName;
}

/** Whether an accepted credential may do what is asked: undefined when it may, else the reason. */
export function denialOf(found: Found, asked: Asked): Refusal | undefined {
  const own = ownInstanceOf(found);
  if (own !== undefined && asked.instanceId !== undefined && asked.instanceId !== own) {
    return { code: "WRONG_INSTANCE", detail: "This access token belongs to another instance." };
  }
  if (!asked.permissions) return undefined;
  const { of, names } = asked.permissions;
  const missing = missingOf(found, asked);
  if (missing.length === 0 || (of === "any" && missing.length < names.length)) return undefined;
  return { code: "INSUFFICIENT_PERMISSIONS", detail: `It lacks ${missing.join(", ")}.`, missingPermissions: missing };
}

/** Those of the permissions asked for that it does not hold. What is no permission at all is one that nobody holds. */
export function missingOf(found: Found, { permissions, instanceId = ownInstanceOf(found), objectId }: Asked): string[] {
  const { power } = found.standing;
  return permissions?.names.filter((name) => !allows(power, name as AnyPermission, instanceId, objectId)) ?? [];
}

const ownInstanceOf = ({ standing: { principal } }: Found) =>
  principal.kind === "access_token" ? principal.instanceId : undefined;
