import { z } from "zod";
import { listQuery } from "@/lib/kernel/list-query";
import { idOf } from "@/lib/kernel/ids";
import { type AnyPermission, CREDENTIAL_PERMISSIONS, type Permission } from "@/lib/kernel/permissions";
import { CONSOLE_RESOURCES, CONTENT_VERBS } from "@/lib/kernel/system-roles";
import { prose, text } from "@/lib/kernel/text";

export const AppId = z.object({ app: idOf("app") });

const NO_PERMISSION = "must be a permission that a credential can have, such as content:read";

/** A verb on a resource of the organization's own: whether there is one, the command looks up. */
const ofRegistered = z
  .string()
  .max(60)
  .regex(
    new RegExp(`^(?!(${Object.keys(CONSOLE_RESOURCES).join("|")}):)[a-z][a-z0-9-]+:(${CONTENT_VERBS.join("|")})$`),
    NO_PERMISSION,
  );

const permissions = z
  .array(
    z.union([z.enum(CREDENTIAL_PERMISSIONS as readonly [Permission, ...Permission[]]), ofRegistered], NO_PERMISSION),
  )
  .max(700)
  .transform((list) => [...new Set(list)].sort() as AnyPermission[]);

/** Full reach, or restricted to the listed permissions: an empty list means nothing. */
export const KeyAccess = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("full") }),
  z.strictObject({ mode: z.literal("restricted"), permissions }),
]);
export type KeyAccess = z.infer<typeof KeyAccess>;

/** The signed-in person's own power, or that power narrowed to the listed permissions. */
export const TokenAccess = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("role") }),
  z.strictObject({ mode: z.literal("restricted"), permissions }),
]);
export type TokenAccess = z.infer<typeof TokenAccess>;

const webUrl = z.url({ protocol: /^https?$/, error: "must be a web address such as https://example.com" }).max(2000);
const redirects = z.array(webUrl).max(20);

const AppFields = z.strictObject({
  name: text(2, 80),
  uri: webUrl.nullable(),
  description: prose(500),
  loginUserType: z.enum(["employee", "guest", "both"]),
  postLoginRedirects: redirects,
  postLogoutRedirects: redirects,
  keyAccess: KeyAccess,
  tokenAccess: TokenAccess,
});

export const RegisterApp = AppFields.partial().required({ name: true });
export type RegisterApp = z.infer<typeof RegisterApp>;

export const UpdateApp = AppFields.extend({ enabled: z.boolean() }).partial();
export type UpdateApp = z.infer<typeof UpdateApp>;

/** What a list of apps can be narrowed to; rotating and expiring say what one of an app's keys is about to do. */
const APP_STATES = ["active", "disabled", "rotating", "expiring"] as const;

export const ListApps = listQuery(["name", "createdAt"]).extend({
  status: z.enum(APP_STATES).optional(),
});
export type ListApps = z.infer<typeof ListApps>;

/** An app as every reader sees it: never a secret. Times are ISO 8601 in UTC. */
export interface AppRecord {
  ZUID: string;
  name: string;
  uri: string | null;
  description: string;
  status: "active" | "disabled";
  loginUserType: "employee" | "guest" | "both";
  postLoginRedirects: string[];
  postLogoutRedirects: string[];
  keyAccess: KeyAccess;
  tokenAccess: TokenAccess;
  secretHint: string;
  secretCreatedAt: string;
  /** Keys that still work or will work: not revoked, not expired. */
  liveKeys: number;
  /** When the first overlap of its keys under rotation ends; null when none rotates. */
  rotatingUntil: string | null;
  /** When the first of its expiring keys expires; null when none does within two weeks. */
  expiringAt: string | null;
  lastUsedAt: string | null;
  createdByUserZUID: string;
  createdByName: string;
  createdAt: string;
  updatedAt: string;
}
