import "server-only";
import { registerApp, updateApp } from "@/lib/apps/commands";
import type { RegisterApp } from "@/lib/apps/schema";
import { hashPassword } from "@/lib/auth/passwords";
import { grantByPassword } from "@/lib/grants/commands";
import type { PasswordGrant } from "@/lib/grants/schema";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { ORIGIN, type TestOrganization } from "./organization";

export const PASSWORD = "correct horse battery staple";
const passwordHash = hashPassword(PASSWORD);
let made = 0;

/** A person with a password and an app to log in through, and what its client sends. */
export async function newLoginClient(
  organization: TestOrganization,
  app: Partial<RegisterApp> = {},
  role = "Developer",
) {
  const ctx = (await organization.as(role)) as Ctx & { principal: UserPrincipal };
  const { id: userId, email } = ctx.principal;
  await db().user.update({ where: { id: userId }, data: { passwordHash: await passwordHash } });
  const { accountName } = await db().organization.findUniqueOrThrow({ where: { id: organization.id } });
  const { ZUID: appId, secret } = await registerApp(organization.owner, { name: `Login app ${++made}`, ...app });
  const input: PasswordGrant = {
    grant_type: "password",
    account_name: accountName,
    user_name: email,
    password: PASSWORD,
    app_id: appId,
    app_secret: secret,
  };
  return {
    ctx,
    userId,
    appId,
    input,
    logIn: (over: Partial<PasswordGrant> = {}) => grantByPassword(nextOrigin(), { ...input, ...over }),
    disableApp: () => updateApp(organization.owner, appId, { enabled: false }),
    enableApp: () => updateApp(organization.owner, appId, { enabled: true }),
  };
}

/** From a network of its own, so that one test's failures are not another's. */
const nextOrigin = () => ({ ...ORIGIN, ip: `203.0.113.${++made % 250}` });
