import { verification } from "./verification";
import type { World } from "./world";

export const UNKNOWN_VALUE = "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck";
export const bearerOf = ({ authorization = "" }: Record<string, string>) => authorization.replace(/^bearer /, "");

interface Case {
  question: (world: World) => Promise<object> | object;
  is: Record<string, unknown>;
}

const accepted = { valid: true, code: "VALID", detail: "It is accepted.", maxAge: 0 };
const refused = (code: string, detail: string) => ({ valid: false, code, detail, maxAge: 0 });

/** What is asked, and literally the answer. */
export const VERDICTS: Record<string, Case> = {
  "an API key": {
    question: ({ target }) => ({ credential: target.value }),
    is: { ...accepted, principal: { kind: "api_key", expiresAt: null } },
  },
  "an access token": {
    question: async (world) => ({ credential: (await verification(world).newToken()).value }),
    is: { ...accepted, principal: { kind: "access_token", role: "Publisher" } },
  },
  "a login token": {
    question: ({ callers }) => ({ credential: bearerOf(callers.login) }),
    is: { ...accepted, principal: { kind: "login_token" } },
  },
  "a session": {
    question: ({ callers }) => ({ credential: bearerOf(callers["API session"]) }),
    is: { ...accepted, principal: { kind: "session" } },
  },
  "a permission that is held": {
    question: async (world) => ({
      credential: (await verification(world).newToken()).value,
      permission: "content:publish",
    }),
    is: accepted,
  },
  "one of several permissions": {
    question: async (world) => ({
      credential: (await verification(world).newToken()).value,
      permission: { any: ["users:grant", "content:publish"] },
    }),
    is: accepted,
  },
  "a permission that is not held": {
    question: async (world) => ({
      credential: (await verification(world).newToken()).value,
      permission: { all: ["content:publish", "code:delete"] },
    }),
    is: {
      ...refused("INSUFFICIENT_PERMISSIONS", "It lacks code:delete."),
      missingPermissions: ["code:delete"],
    },
  },
  "another instance": {
    question: async (world) => ({
      credential: (await verification(world).newToken()).value,
      instance: "8-19d41b7f2a0-zzzzzzzz",
    }),
    is: refused("WRONG_INSTANCE", "This access token belongs to another instance."),
  },
  "text that is no credential": {
    question: () => ({ credential: "hello" }),
    is: refused("MALFORMED", "This is no credential of this product, or a character of it is wrong."),
  },
  "a kind that is never presented": {
    question: async ({ callers, done }) => ({
      credential: (await done(callers.owner, "POST", "/v1/apps", { name: `App ${Date.now()}` })).secret,
    }),
    is: refused("MALFORMED", "This is no credential of this product, or a character of it is wrong."),
  },
  "a value nobody has": {
    question: () => ({ credential: UNKNOWN_VALUE }),
    is: refused("NOT_FOUND", "No credential has this value."),
  },
  "another organization's key": {
    question: ({ foreign }) => ({ credential: foreign.value }),
    is: refused("NOT_FOUND", "No credential has this value."),
  },
  "an expired key": {
    question: ({ callers }) => ({ credential: callers["expired key"].authorization?.replace("apikey ", "") }),
    is: refused("EXPIRED", "This API key has expired."),
  },
  "a revoked token": {
    question: ({ callers }) => ({ credential: bearerOf(callers["revoked token"]) }),
    is: refused("REVOKED", "This access token was revoked."),
  },
  "a disabled key": {
    question: async (world) => {
      const { id, value } = await verification(world).newKey();
      await world.done(world.callers.owner, "PATCH", `/v1/keys/${id}`, { enabled: false });
      return { credential: value };
    },
    is: refused("DISABLED", "This API key is disabled."),
  },
  "a key before its time": {
    question: async (world) => ({
      credential: (await verification(world).newKey({ notBefore: "2099-01-01T00:00:00Z" })).value,
    }),
    is: refused("NOT_YET_VALID", "This API key is not valid yet."),
  },
  "an allowed network": {
    question: async (world) => ({
      credential: (await verification(world).newKey({ allowedCidrs: ["192.0.2.0/24"] })).value,
      ip: "::ffff:192.0.2.7",
    }),
    is: accepted,
  },
  "another network": {
    question: async (world) => ({
      credential: (await verification(world).newKey({ allowedCidrs: ["192.0.2.0/24"] })).value,
      ip: "198.51.100.7",
    }),
    is: refused("IP_NOT_ALLOWED", "This API key does not work from your network."),
  },
  "a network that is not told": {
    question: async (world) => ({
      credential: (await verification(world).newKey({ allowedCidrs: ["192.0.2.0/24"] })).value,
    }),
    is: refused("IP_NOT_ALLOWED", "This API key does not work from your network."),
  },
};
