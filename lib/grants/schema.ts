import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { listQuery } from "@/lib/kernel/list-query";

const given = z.string().max(1000);

/** The vendor's two ways to login tokens. What is wrong in them is told apart by nobody who does not know it. */
export const PasswordGrant = z.strictObject({
  grant_type: z.literal("password"),
  account_name: given,
  user_name: given,
  password: given,
  app_id: given,
  app_secret: given,
  device_id: z.string().trim().min(1).max(200).optional(),
});
export type PasswordGrant = z.infer<typeof PasswordGrant>;

export const RefreshGrant = z.strictObject({ grant_type: z.literal("refresh_token"), refresh_token: given });
export type RefreshGrant = z.infer<typeof RefreshGrant>;

export const TokenGrant = z.discriminatedUnion("grant_type", [PasswordGrant, RefreshGrant]);

export const RevokeGrants = z.object({ device_id: z.string().optional() });

export const AppGrant = z.object({ app: idOf("app"), grant: idOf("grant") });

export const ListGrants = listQuery(["createdAt"]).omit({ q: true });
export type ListGrants = z.infer<typeof ListGrants>;

/** What the vendor's clients are answered with. Times are ISO 8601 in UTC. */
export interface LoginTokens {
  credentials: {
    access_token: string;
    access_token_expiry: string;
    refresh_token: string;
    refresh_token_expiry: string;
    token_type: "bearer";
    token_id: string;
    app_id: string;
    user_type: "Employee" | "Guest";
  };
  login_policy_evaluation: {
    allowlogin: true;
    policyaction: 0;
    policyactiondata: null;
    userid: null;
    passwordexpiryreminder: false;
  };
  error: null;
}

/** A person's login through an app on one device, as admins see it. */
export interface GrantRecord {
  ZUID: string;
  appZUID: string;
  appName: string;
  userZUID: string;
  userName: string;
  deviceId: string | null;
  ip: string;
  userAgent: string;
  createdAt: string;
  /** When its last refresh is over, whatever is done. */
  expiresAt: string;
  /** When tokens were last issued under it. */
  refreshedAt: string;
}
