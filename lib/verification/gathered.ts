import type { Outcome } from "@/lib/usage/schema";

/** Of one credential within one flush; what comes beyond is counted without its address or permission. */
const MAX_CALLERS = 100;
const MAX_COUNTS = 200;
const MAX_PERMISSION_LENGTH = 100;

/** The address that stands for all beyond a limit, so that the sums stay right whatever an attacker makes up. */
export const OTHERS = "";

/** Stands for what is no permission of the organization, and for all beyond a limit, where somebody lacked it. */
export const UNTOLD = "?";

export interface Check {
  organizationId: string;
  /** Empty for a value that is no credential of the organization. */
  credentialId: string;
  /** Of an API key or access token: the version that was presented. */
  version?: number | undefined;
  outcome: Outcome;
  /** The one permission that was asked for. */
  permission?: string | undefined;
  /** Of several that were asked for: those that it holds, or those for whose lack it was refused. */
  together?: readonly string[] | undefined;
  ip: string;
  userAgent: string;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * The checks of one credential in one hour; times are milliseconds. Most have one row of each kind, and there may be
 * tens of thousands of credentials: a list is a fraction of a map.
 */
export interface Gathered {
  organizationId: string;
  credentialId: string;
  hour: number;
  counts: { outcome: Outcome; permission: string; count: number; together: number }[];
  callers: { ip: string; userAgent: string; firstAt: number; lastAt: number; allowed: number; refused: number }[];
  /** The last use of each version. */
  uses: { version: number; at: number; ip: string; userAgent: string }[];
}

/** How many rows it is written as. */
export const rowsIn = ({ counts, callers }: Gathered) => counts.length + callers.length;

/** Adds one check; whether it is the first use of its version in here. */
export function gather(
  gathered: Gathered,
  { outcome, permission = "", together, version, ip, userAgent, at }: Check,
): boolean {
  countOf(gathered, outcome, permission).count++;
  if (together !== undefined) countTogether(gathered, outcome, together);
  const isAllowed = outcome === "VALID";
  const caller = callerOf(gathered, ip, at);
  caller.userAgent = userAgent;
  if (at > caller.lastAt) caller.lastAt = at;
  if (isAllowed) caller.allowed++;
  else caller.refused++;
  if (!isAllowed || version === undefined) return false;
  const use = gathered.uses.find((known) => known.version === version);
  if (!use) gathered.uses.push({ version, at, ip, userAgent });
  else if (at >= use.at) Object.assign(use, { at, ip, userAgent });
  return !use;
}

function countOf({ counts }: Gathered, outcome: Outcome, permission: string) {
  const find = (name: string) => counts.find((known) => known.permission === name && known.outcome === outcome);
  const known = find(permission);
  if (known) return known;
  const hasRoom = counts.length < MAX_COUNTS && permission.length <= MAX_PERMISSION_LENGTH;
  const name = hasRoom || permission === "" ? permission : UNTOLD;
  return (hasRoom ? undefined : find(name)) ?? added(counts, { outcome, permission: name, count: 0, together: 0 });
}

/** The check itself is counted once, without a permission. */
function countTogether(gathered: Gathered, outcome: Outcome, names: readonly string[]): void {
  for (const name of new Set(names)) countOf(gathered, outcome, name).together++;
}

function callerOf({ callers }: Gathered, ip: string, at: number) {
  const find = (address: string) => callers.find((known) => known.ip === address);
  const known = find(ip);
  if (known) return known;
  const hasRoom = callers.length < MAX_CALLERS;
  const created = { ip: hasRoom ? ip : OTHERS, userAgent: "", firstAt: at, lastAt: at, allowed: 0, refused: 0 };
  return (hasRoom ? undefined : find(OTHERS)) ?? added(callers, created);
}

function added<T>(list: T[], one: T): T {
  list.push(one);
  return one;
}
