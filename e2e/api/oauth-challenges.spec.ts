import * as oauth from "oauth4webapi";
import { changeRows } from "../fixtures/rows";
import { verification } from "./verification";
import { expect, test } from "./world";

const UNKNOWN_VALUE = "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck";
const insecure = { [oauth.allowInsecureRequests]: true };

/** The challenges that an OAuth client reads in the answer. */
const challengesOf = (answer: Promise<unknown>) =>
  answer.then(
    () => [],
    (thrown: unknown) => {
      if (!(thrown instanceof oauth.WWWAuthenticateChallengeError)) throw thrown;
      return [thrown.status, ...thrown.cause];
    },
  );

test("an OAuth client reads in the challenge why a bearer token is refused, and what it would have needed", async ({
  world,
}) => {
  const { newToken } = verification(world);
  const [publisher, expired] = [await newToken(), await newToken()];
  const use = (token: string, permission: string) => {
    const headers = new Headers({ "x-required-permission": permission });
    const place = new URL("/auth/check", world.server.origin);
    return challengesOf(oauth.protectedResourceRequest(token, "GET", place, headers, null, insecure));
  };
  const refused = (status: number, parameters: object) => [
    status,
    { scheme: "bearer", parameters: { realm: "latchkey", ...parameters } },
  ];
  await changeRows(
    world.server,
    `update credential set not_before = null, expires_at = now() - interval '1 minute' where id = '${expired.id}'`,
  );
  expect(await use(publisher.value, "content:read")).toEqual([]);
  expect(await use(UNKNOWN_VALUE.replace("lkk_", "lkt_"), "content:read")).toEqual(
    refused(401, { error: "invalid_token", error_description: "No credential has this value." }),
  );
  expect(await use(expired.value, "content:read")).toEqual(
    refused(401, { error: "invalid_token", error_description: "This access token has expired." }),
  );
  expect(await use(publisher.value, "content:read code:delete")).toEqual(
    refused(403, {
      error: "insufficient_scope",
      error_description: "It lacks code:delete.",
      scope: "content:read code:delete",
    }),
  );
});

test("an OAuth client that may not introspect reads that in the challenge", async ({ world }) => {
  const { origin } = world.server;
  const server = { issuer: origin, introspection_endpoint: `${origin}/oauth/introspect` };
  const client = { client_id: world.target.key };
  const secret = oauth.ClientSecretBasic(UNKNOWN_VALUE);
  const answer = await oauth.introspectionRequest(server, client, secret, world.target.value, insecure);
  expect(await challengesOf(oauth.processIntrospectionResponse(server, client, answer))).toEqual([
    401,
    { scheme: "basic", parameters: { realm: "latchkey" } },
  ]);
});
