import { expect } from "../fixtures/server";
import type { Account, SeededOrganization } from "../fixtures/accounts";
import { fresh } from "./objects";
import type { Caller, sender } from "./send";

interface Given extends ReturnType<typeof sender> {
  signIn: (account: Account) => Promise<Caller>;
  owner: Caller;
  seed: SeededOrganization;
}

/**
 * Callers that were let in once: their key's end has come, their token was revoked, they have left. The key's end
 * comes while the others are made.
 */
export async function pastCallers({ send, done, signIn, owner, seed }: Given) {
  const { ZUID: app = "" } = await done(owner, "POST", "/v1/apps", { name: fresh("App") });
  const expiresAt = new Date(Date.now() + 3_000).toISOString();
  const { key } = await done(owner, "POST", `/v1/apps/${app}/keys`, { name: fresh("Key"), expiresAt });
  const expired = { authorization: `apikey ${key}` };

  const input = { name: fresh("Token"), roleZUID: seed.roleIds.owner, instanceZUID: seed.instanceId };
  const { ZUID: token = "", token: value } = await done(owner, "POST", "/v1/tokens", input);
  await done(owner, "DELETE", `/v1/tokens/${token}`, { reason: "replaced" });

  const deactivated = await signIn(seed.people.leaver);
  await done(owner, "PUT", `/v1/users/${seed.people.leaver.id}?action=deactivate`, {});

  await expect.poll(async () => (await send(expired, "GET", "/v1/token")).status).toBe(401);
  return { "expired key": expired, "revoked token": { authorization: `bearer ${value}` }, deactivated };
}
