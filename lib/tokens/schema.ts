import { z } from "zod";
import { CredentialFields, type CredentialRecord, whole } from "@/lib/credentials/schema";
import { idOf, NamedRole } from "@/lib/kernel/ids";
import type { AnyPermission, HeldRole } from "@/lib/kernel/permissions";

export const TokenId = z.object({ token: idOf("token") });

/** `instanceZUID` only with a role that applies to every instance; any other role says where by itself. */
export const IssueToken = CredentialFields.partial({ description: true, allowedCidrs: true, rateLimit: true }).extend({
  roleZUID: NamedRole,
  instanceZUID: idOf("instance").optional(),
  /** At most, and by default, the organization's own limit. */
  expiresInDays: whole(3650).optional(),
});
export type IssueToken = z.infer<typeof IssueToken>;

export const UpdateToken = CredentialFields.partial();
export type UpdateToken = z.infer<typeof UpdateToken>;

/** `renew` keeps the value and sets the end anew; the body is empty then. */
export const ChangeToken = z.strictObject({ action: z.literal("renew").optional() });
export type ChangeToken = z.infer<typeof ChangeToken>;

/** An access token as every reader sees it: never its value. */
export interface TokenRecord extends CredentialRecord {
  instanceZUID: string;
  roleZUID: string;
  roleName: string;
  expiry: string;
}

/** A role as the choice for a token of one instance. */
export interface RoleChoice {
  ZUID: string;
  name: string;
  description: string;
  /** It applies to every instance; the token holds it on its own. */
  isEverywhere: boolean;
  /** As a token of the instance holds it. */
  held: HeldRole;
  /** What a token with it may do. */
  permissions: AnyPermission[];
  /** What it grants beyond what the caller holds: empty when they may give it. */
  missingPermissions: AnyPermission[];
}

export interface IssueOptions {
  maxDays: number;
  roles: RoleChoice[];
}
