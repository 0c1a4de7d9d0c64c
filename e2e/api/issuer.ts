import { signInByHttp } from "../fixtures/api-client";
import { test as base } from "../fixtures/server";
import type { Server } from "../fixtures/start-server";
import { fresh } from "./objects";
import { type Caller, sender } from "./send";

export { expect } from "../fixtures/server";

export type Issuer = Awaited<ReturnType<typeof makeIssuer>>;

/** The seeded server, and an Owner who gives out what services check. */
export const test = base.extend<object, { issuer: Issuer }>({
  issuer: [async ({ server }, use) => use(await makeIssuer(server)), { scope: "worker", timeout: 120_000 }],
});

async function makeIssuer(server: Server) {
  const { acme, globex } = server.seed;
  const { done } = sender(server.origin);
  const owner = (await signInByHttp(server.origin, acme.people.owner)).headers();

  /** A key of an app of its own, which may read content and media. */
  async function newKey(input: object = {}, by = owner, permissions = ["content:read", "media:read"]) {
    const keyAccess = { mode: "restricted", permissions };
    const { ZUID: app = "" } = await done(by, "POST", "/v1/apps", { name: fresh("App"), keyAccess });
    const name = fresh("Kéy");
    const { ZUID: id = "", key = "" } = await done(by, "POST", `/v1/apps/${app}/keys`, { name, ...input });
    return { id, name, key, caller: { authorization: `apikey ${key}` } };
  }

  /** A token of the instance with the Publisher's role. */
  async function newToken(instanceZUID: string): Promise<Caller> {
    const body = { name: fresh("Token"), roleZUID: acme.roleIds.publisher, instanceZUID };
    const { token = "" } = await done(owner, "POST", "/v1/tokens", body);
    return { authorization: `Bearer ${token}` };
  }

  async function newInstance(): Promise<string> {
    return (await done(owner, "POST", "/v1/instances", { name: fresh("Instance") })).ZUID ?? "";
  }

  const revoke = (id: string) => done(owner, "DELETE", `/v1/keys/${id}`, { reason: "test" });

  /** How long answers may be kept outside, in seconds. */
  const setMaxAge = (verificationMaxAgeSeconds: number) =>
    done(owner, "PATCH", "/v1/policy", { verificationMaxAgeSeconds });

  const foreignOwner = (await signInByHttp(server.origin, globex.people.owner)).headers();
  const foreign = await newKey({}, foreignOwner);
  /** What a service asks with, and what one reports with. */
  const service = await newKey();
  const reporter = await newKey({}, owner, ["audit:create"]);
  const eventsBy = (actor: string) => done<object[]>(owner, "GET", `/v1/audit-events?actor=${actor}`);
  return {
    acme,
    newKey,
    newToken,
    newInstance,
    revoke,
    setMaxAge,
    foreign,
    service,
    reporter,
    eventsBy,
    url: server.origin,
  };
}
