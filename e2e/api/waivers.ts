import type { Action } from "@/lib/kernel/actions";

/** Why the matrix sees no event of an operation that is no GET. */
interface Waiver {
  why: string;
  /** It changes nothing, at least as the matrix calls it. */
  changesNothing?: true;
  /** Where its event is seen instead. */
  seen?: readonly [file: string, action: Action];
}

const forward: Waiver = { why: "A question that has the method of the request it is about.", changesNothing: true };
const OTHERS = "Done to oneself alone, and the matrix acts on others.";
const BY_LINK = "Takes a mailed link, and the matrix has none.";

export const WAIVERS: Record<string, Waiver> = {
  "POST /auth/check/[[...original]]": forward,
  "PUT /auth/check/[[...original]]": forward,
  "PATCH /auth/check/[[...original]]": forward,
  "DELETE /auth/check/[[...original]]": forward,
  "OPTIONS /auth/check/[[...original]]": forward,
  "POST /v1/verify": { why: "A question.", changesNothing: true },
  "POST /oauth/introspect": { why: "A question.", changesNothing: true },
  "POST /oauth/revoke": {
    why: "The value is the authority, and the matrix sends one that opens nothing.",
    changesNothing: true,
    seen: ["e2e/api/oauth.spec.ts", "token.revoked"],
  },
  "POST /v1/sessions/current/extension": { why: "Leaves no event: staying signed in is what any page does." },
  "POST /api/auth/[...nextauth]": {
    why: "Takes a password.",
    seen: ["lib/auth/sign-in.test.ts", "session.started"],
  },
  "POST /auth/login": { why: "Takes a password.", seen: ["lib/auth/auth-api.test.ts", "session.started"] },
  "POST /auth/verify-2fa": {
    why: "Takes a login that waits for its second factor.",
    seen: ["lib/auth/challenge.test.ts", "session.started"],
  },
  "POST /auth/password-resets": { why: BY_LINK, seen: ["lib/auth/password-reset.test.ts", "user.reset_mailed"] },
  "POST /auth/password-reset": { why: BY_LINK, seen: ["lib/auth/password-reset.test.ts", "user.password_reset"] },
  "PUT /v1/invites/by-link": { why: BY_LINK, seen: ["lib/invites/acceptance.test.ts", "invite.accepted"] },
  "POST /v1/setup": {
    why: "Done once, before there is anybody.",
    seen: ["lib/setup/commands.test.ts", "organization.set_up"],
  },
  "POST /v1/credentials/confirmations": {
    why: "Of what came back with a backup, and nothing of the matrix has.",
    seen: ["lib/backup/guard.test.ts", "key.confirmed"],
  },
  "POST /v1/users/[user]/second-factor": {
    why: OTHERS,
    seen: ["lib/second-factor/commands.test.ts", "second_factor.started"],
  },
  "PUT /v1/users/[user]/second-factor": {
    why: OTHERS,
    seen: ["lib/second-factor/commands.test.ts", "second_factor.enabled"],
  },
  "POST /v1/users/[user]/second-factor/recovery-codes": {
    why: OTHERS,
    seen: ["lib/second-factor/commands.test.ts", "second_factor.recovery_codes_replaced"],
  },
  "DELETE /v1/users/[user]/second-factor": {
    why: "The matrix's person has none.",
    seen: ["lib/second-factor/reset.test.ts", "second_factor.reset"],
  },
  "PUT /v1/users/[user]/identities": { why: OTHERS, seen: ["e2e/api/single-sign-on.spec.ts", "identity.linked"] },
  "DELETE /v1/users/[user]/identities": {
    why: "The matrix's person has none.",
    seen: ["lib/identities/commands.test.ts", "identity.unlinked"],
  },
};
