import type { Outcome } from "@/lib/usage/schema";

/** Of one credential within one flush; what comes beyond is counted without its address or permission. */
const MAX_CALLERS = 100;
const MAX_PERMISSIONS = 200;
const MAX_PERMISSION_LENGTH = 100;

/** The address that stands for all beyond a limit, so that the sums stay right whatever an attacker makes up. */
export const OTHERS = "";

export interface Check {
  organizationId: string;
  /** Empty for a value that is no credential of the organization. */
  credentialId: string;
  /** Of an API key or access token: the version that was presented. */
  version?: number | undefined;
  outcome: Outcome;
  /** The one permission that was asked for. */
  permission?: string | undefined;
  ip: string;
  userAgent: string;
  at: Date;
}

/** The checks of one credential in one hour; times are milliseconds. */
export interface Gathered {
  organizationId: string;
  credentialId: string;
  hour: number;
  counts: Map<Outcome, Map<string, number>>;
  /** By address. */
  callers: Map<string, { userAgent: string; firstAt: number; lastAt: number; allowed: number; refused: number }>;
  /** The last use of each version. */
  uses: Map<number, { at: number; ip: string; userAgent: string }>;
}

/** How many rows it is written as. */
export const rowsIn = ({ counts, callers }: Gathered) =>
  [...counts.values()].reduce((sum, { size }) => sum + size, callers.size);

/** Adds one check; whether it is the first use of its version in here. */
export function gather(gathered: Gathered, check: Check): boolean {
  const { outcome, permission = "", version, ip, userAgent } = check;
  const at = check.at.getTime();
  count(gathered, outcome, permission);
  const isAllowed = outcome === "VALID";
  const caller = callerOf(gathered, ip, at);
  caller.userAgent = userAgent;
  if (at > caller.lastAt) caller.lastAt = at;
  if (isAllowed) caller.allowed++;
  else caller.refused++;
  if (!isAllowed || version === undefined) return false;
  const use = gathered.uses.get(version);
  if (!use) gathered.uses.set(version, { at, ip, userAgent });
  else if (at >= use.at) Object.assign(use, { at, ip, userAgent });
  return !use;
}

function count({ counts }: Gathered, outcome: Outcome, permission: string): void {
  let ofOutcome = counts.get(outcome);
  if (!ofOutcome) counts.set(outcome, (ofOutcome = new Map<string, number>()));
  const hasRoom = ofOutcome.size < MAX_PERMISSIONS && permission.length <= MAX_PERMISSION_LENGTH;
  const kept = hasRoom || ofOutcome.has(permission) ? permission : "";
  ofOutcome.set(kept, (ofOutcome.get(kept) ?? 0) + 1);
}

function callerOf({ callers }: Gathered, ip: string, at: number) {
  const address = callers.size < MAX_CALLERS || callers.has(ip) ? ip : OTHERS;
  let caller = callers.get(address);
  if (!caller) callers.set(address, (caller = { userAgent: "", firstAt: at, lastAt: at, allowed: 0, refused: 0 }));
  return caller;
}
