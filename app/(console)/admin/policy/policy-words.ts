import { formatCount, formatNumber } from "@/lib/format";
import type { Policy, PolicyReach } from "@/lib/policy/schema";
import { type PolicyNumber, RANGES, type SecondFactor } from "@/lib/policy/terms";

interface Words {
  label: string;
  unit: string;
  /** What the value does, and to what. */
  does: string;
}

export const WORDS: Record<PolicyNumber, Words> = {
  idleMinutes: {
    label: "Sign out after no action for",
    unit: "minute",
    does: "Every page and call of the person starts the time again; what the console does by itself does not.",
  },
  sessionHours: {
    label: "Sign out in any case after",
    unit: "hour",
    does: "Counted from the sign-in, however busy the session is.",
  },
  passwordMinLength: {
    label: "Shortest password",
    unit: "character",
    does: "Asked of each new password. Passwords that people have already stay as they are.",
  },
  lockoutThreshold: {
    label: "Lock an account after",
    unit: "wrong password",
    does: "A device that signed in before is counted apart, so that strangers cannot lock its owner out.",
  },
  lockoutMinutes: {
    label: "Keep it locked for",
    unit: "minute",
    does: "Then it opens by itself. A lock that is under way keeps its end.",
  },
  tokenMaxDays: {
    label: "Longest life of an access token",
    unit: "day",
    does: "At its issue and at each renewal. Tokens that are out keep their end until they are renewed or revoked.",
  },
  loginAccessHours: {
    label: "Access of a login works for",
    unit: "hour",
    does: "Then the app refreshes it. A shorter time ends older ones at once.",
  },
  loginRefreshDays: {
    label: "A login through an app lasts",
    unit: "day",
    does: "Then the person gives the password again, however often it was refreshed.",
  },
  rotationOverlapHours: {
    label: "Both values of a rotation work for",
    unit: "hour",
    does: "Unless whoever rotates says otherwise. 0 ends the old value at once.",
  },
  rotationMaxHours: {
    label: "And at most for",
    unit: "hour",
    does: "With every extension. Overlaps that are under way keep their end.",
  },
  verificationMaxAgeSeconds: {
    label: "An answer may be kept for",
    unit: "second",
    does: "A service that asks about a credential may let it in so long without asking again, also after it was revoked. With 0 each request is asked about, and a revocation holds at once.",
  },
  auditRetentionDays: {
    label: "Keep events for",
    unit: "day",
    does: "Then they leave the trail for an archive on the server, a file that proves them like the trail does. 0 keeps them for ever.",
  },
};

export const GROUPS: readonly { title: string; fields: readonly PolicyNumber[] }[] = [
  { title: "Sessions", fields: ["idleMinutes", "sessionHours"] },
  { title: "Passwords", fields: ["passwordMinLength", "lockoutThreshold", "lockoutMinutes"] },
  { title: "Access tokens and logins", fields: ["tokenMaxDays", "loginAccessHours", "loginRefreshDays"] },
  { title: "Rotation", fields: ["rotationOverlapHours", "rotationMaxHours"] },
  { title: "Verification", fields: ["verificationMaxAgeSeconds"] },
  { title: "Trail", fields: ["auditRetentionDays"] },
];

export const FACTORS: Record<SecondFactor, { label: string; does: string }> = {
  optional: { label: "Whoever wants one", does: "People may set one up for themselves." },
  grant_holders: {
    label: "Everybody who may give roles",
    does: "Owners, Admins and Access Admins, on whichever instance.",
  },
  everyone: { label: "Everybody", does: "Without one, a person can do nothing but set one up." },
};

export const SSO = {
  label: "Single sign-on may sign in by e-mail",
  does: "When the provider has verified the address. Otherwise each person links it once from their account.",
};

export const valueWords = (policy: Policy, field: PolicyNumber) => formatCount(policy[field], WORDS[field].unit);

export const rangeWords = (field: PolicyNumber) => {
  const [min, max] = RANGES[field];
  return `${formatNumber(min)} to ${formatNumber(max)}`;
};

/** What would end or be asked of people at once, in sentences; empty when nothing would. */
export function consequencesOf(before: Policy, after: Policy, reach: PolicyReach): string[] {
  const isShorter = (field: PolicyNumber) => after[field] < before[field];
  const open = `${formatCount(reach.sessions, "session")} ${reach.sessions === 1 ? "is" : "are"} open, yours among them.`;
  const logins = `${formatCount(reach.logins, "login")} through apps ${reach.logins === 1 ? "is" : "are"} in use.`;
  const asked = after.secondFactor === "optional" ? 0 : reach.withoutSecondFactor[after.secondFactor];
  const have = asked === 1 ? "has" : "have";
  return [
    ...(isShorter("idleMinutes")
      ? [`Sessions idle for more than ${valueWords(after, "idleMinutes")} end at once. ${open}`]
      : []),
    ...(isShorter("sessionHours")
      ? [`Sessions older than ${valueWords(after, "sessionHours")} end at once. ${open}`]
      : []),
    ...(isShorter("loginAccessHours")
      ? [`Apps whose access is older than ${valueWords(after, "loginAccessHours")} have to refresh it. ${logins}`]
      : []),
    ...(isShorter("loginRefreshDays")
      ? [`Logins older than ${valueWords(after, "loginRefreshDays")} end for good. ${logins}`]
      : []),
    ...(after.secondFactor !== before.secondFactor && asked > 0
      ? [`${formatCount(asked, "person", "people")} ${have} no second factor and will have to set one up.`]
      : []),
    ...(after.verificationMaxAgeSeconds > before.verificationMaxAgeSeconds
      ? [
          `Services that keep answers may accept a credential for up to ${valueWords(after, "verificationMaxAgeSeconds")} after it was revoked.`,
        ]
      : []),
    ...(after.auditRetentionDays > 0 && (before.auditRetentionDays === 0 || isShorter("auditRetentionDays"))
      ? [
          `Events that are older than ${valueWords(after, "auditRetentionDays")} leave the trail within a day. Nobody can bring them back into the console; the archives on the server keep them.`,
        ]
      : []),
    ...(after.linksSsoByEmail && !before.linksSsoByEmail
      ? ["Whoever controls a verified address at the single sign-on can sign in as the person who has it here."]
      : []),
  ];
}
