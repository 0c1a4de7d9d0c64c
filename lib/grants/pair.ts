import "server-only";
import { addHours, DAY } from "@/lib/kernel/clock";
import type { Tx } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import type { LoginTokens } from "./schema";

interface Place {
  grant: { id: string; appId: string; expiresAt: Date };
  user: { kind: "employee" | "guest" };
  policy: { loginAccessHours: number; loginRefreshDays: number };
}

/** Makes a pair of login tokens, neither of which outlives its grant, and answers with it in the vendor's form. */
export async function createPair(tx: Tx, { grant, user, policy }: Place, number: number, now: Date) {
  const access = mintSecret("login_access");
  const refresh = mintSecret("login_refresh");
  const until = (end: Date) => (end < grant.expiresAt ? end : grant.expiresAt);
  const accessExpiresAt = until(addHours(now, policy.loginAccessHours));
  const refreshExpiresAt = until(new Date(now.getTime() + policy.loginRefreshDays * DAY));
  await tx.loginPair.create({
    data: {
      grantId: grant.id,
      number,
      accessDigest: access.digest,
      refreshDigest: refresh.digest,
      accessExpiresAt,
      refreshExpiresAt,
      createdAt: now,
    },
  });
  const answer: LoginTokens = {
    credentials: {
      access_token: access.value,
      access_token_expiry: accessExpiresAt.toISOString(),
      refresh_token: refresh.value,
      refresh_token_expiry: refreshExpiresAt.toISOString(),
      token_type: "bearer",
      token_id: grant.id,
      app_id: grant.appId,
      user_type: user.kind === "employee" ? "Employee" : "Guest",
    },
    login_policy_evaluation: {
      allowlogin: true,
      policyaction: 0,
      policyactiondata: null,
      userid: null,
      passwordexpiryreminder: false,
    },
    error: null,
  };
  return answer;
}
