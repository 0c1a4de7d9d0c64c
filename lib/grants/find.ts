import "server-only";
import { type Db, db, type Tx } from "@/lib/kernel/db";
import { digestOf } from "@/lib/kernel/secrets";
import { findFactorFacts, isPasswordEnough } from "@/lib/verification/second-factor";
import type { App, User } from "@/prisma/generated/client";
import type { PasswordGrant } from "./schema";

/** The app that the request names, if it takes this person: right secret, open, theirs, and for their kind. */
export async function findAppOf(
  user: Pick<User, "organizationId" | "kind">,
  input: Pick<PasswordGrant, "account_name" | "app_id" | "app_secret">,
): Promise<App | undefined> {
  const app = await db().app.findFirst({
    where: {
      id: input.app_id,
      organizationId: user.organizationId,
      secretDigest: digestOf(input.app_secret),
      disabledAt: null,
      deletedAt: null,
      organization: { accountName: input.account_name.toLowerCase() },
    },
  });
  if (!app) return undefined;
  return app.loginUserType === "both" || app.loginUserType === user.kind ? app : undefined;
}

/** Who has a second factor, or needs one, gets no login token and refreshes none: nothing on this wire asks for it. */
export async function isPasswordEnoughOf(
  user: Pick<User, "id" | "organizationId">,
  client: Db | Tx = db(),
): Promise<boolean> {
  const facts = await findFactorFacts(client, user);
  return facts !== undefined && isPasswordEnough(facts);
}

export type FoundGrant = NonNullable<Awaited<ReturnType<typeof findGrant>>>;

/** The pair with this refresh value, its grant, and the grant's latest pair. */
export async function findGrant(refreshDigest: Uint8Array<ArrayBuffer>, client: Db | Tx = db()) {
  const pair = await client.loginPair.findUnique({
    where: { refreshDigest },
    include: {
      grant: {
        include: {
          app: true,
          user: { include: { organization: true } },
          pairs: { orderBy: { number: "desc" }, take: 1 },
        },
      },
    },
  });
  const latest = pair?.grant.pairs[0];
  return pair && latest && { pair, latest, grant: { ...pair.grant, organization: pair.grant.user.organization } };
}
