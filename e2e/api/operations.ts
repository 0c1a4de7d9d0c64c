import { PEOPLE_OPERATIONS } from "./people-operations";
import { LINK_OPERATIONS } from "./link-operations";
import { POLICY_OPERATIONS } from "./policy-operations";
import { FACTOR_OPERATIONS } from "./factor-operations";
import { GRANT_OPERATIONS } from "./grant-operations";
import { SESSION_OPERATIONS } from "./session-operations";
import { STREAM_OPERATIONS } from "./stream-operations";
import { TOKEN_OPERATIONS } from "./token-operations";
import { VERIFICATION_OPERATIONS } from "./verification-operations";
import { TRAIL_OPERATIONS } from "./trail-operations";
import { USAGE_OPERATIONS } from "./usage-operations";
import { WAIVERS } from "./waivers";
import { fresh, type Target } from "./world";

export interface Operation {
  /** The expected status per principal, in the order of PRINCIPALS. */
  statuses: string;
  /** The body to send, made for the objects of the path. */
  body?: (target: Target) => unknown;
  /** It needs a key with a rotation under way. */
  isRotating?: true;
  /** A refusal that is no decision about the caller's power, so not an event. */
  isUnrecorded?: true;
  /** It ends the caller's session, their others or their logins. */
  endsSessions?: true;
  /** The type of a body that is no JSON. */
  type?: string;
  /** The path to call where the route file's own is a pattern of many, or is about another of the target's objects. */
  path?: string;
}

/**
 * Every operation of the API and who may do it: none, garbage, ended session | foreign owner, foreign key |
 * full key, restricted key | owner, admin, developer, auditor | owner and publisher of one instance |
 * the owner's API session | tokens with the Owner's role on the instance, on another one | Access Admin, a person
 * without a role | the owner's login through an app.
 */
export const OPERATIONS: Record<string, Operation> = {
  "GET /v1/apps": { statuses: "401 401 401  200 200  200 403  200 200 200 200  403 403  200  403 403  403 403  200" },
  "POST /v1/apps": {
    statuses: "401 401 401  201 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({ name: fresh("App") }),
  },
  "GET /v1/apps/[app]": {
    statuses: "401 401 401  404 404  200 403  200 200 200 200  403 403  200  403 403  403 403  200",
  },
  "PATCH /v1/apps/[app]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
    body: () => ({ description: fresh("Described") }),
  },
  "DELETE /v1/apps/[app]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
  },
  "GET /v1/apps/[app]/keys": {
    statuses: "401 401 401  404 404  200 403  200 200 200 200  403 403  200  403 403  403 403  200",
  },
  "POST /v1/apps/[app]/keys": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({ name: fresh("Key") }),
  },
  "POST /v1/apps/[app]/secret": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({}),
  },
  "GET /v1/keys/[key]": {
    statuses: "401 401 401  404 404  200 403  200 200 200 200  403 403  200  403 403  403 403  200",
  },
  "PATCH /v1/keys/[key]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
    body: () => ({ description: fresh("Described") }),
  },
  "DELETE /v1/keys/[key]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
    body: () => ({ reason: "no longer needed" }),
  },
  "POST /v1/keys/[key]/rotations": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({ overlapHours: 1 }),
  },
  "PATCH /v1/keys/[key]/rotations/current": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
    body: () => ({ overlapHours: 2 }),
    isRotating: true,
  },
  "DELETE /v1/keys/[key]/rotations/current": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
    isRotating: true,
  },
  ...GRANT_OPERATIONS,
  ...TOKEN_OPERATIONS,
  ...TRAIL_OPERATIONS,
  ...USAGE_OPERATIONS,
  "GET /v1/instances": {
    statuses: "401 401 401  200 200  200 200  200 200 200 200  200 200  200  200 200  200 403  200",
  },
  "POST /v1/instances": {
    statuses: "401 401 401  201 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({ name: fresh("Instance") }),
  },
  "GET /v1/instances/[instance]": {
    statuses: "401 401 401  404 404  200 200  200 200 200 200  200 200  200  200 404  200 403  200",
  },
  "PUT /v1/instances/[instance]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: () => ({ name: fresh("Instance") }),
  },
  "GET /v1/instances/[instance]/env/audits": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  403 403  200",
  },
  "GET /v1/instances/[instance]/env/audits/[event]": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  403 403  200",
  },
  "GET /v1/centers": {
    statuses: "401 401 401  200 200  200 200  200 200 200 200  200 200  200  200 200  200 403  200",
  },
  "GET /v1/centers/[instance]": {
    statuses: "401 401 401  404 404  200 200  200 200 200 200  200 200  200  200 404  200 403  200",
  },
  "GET /v1/token": { statuses: "401 401 401  200 200  200 200  200 200 200 200  200 200  200  200 200  200 200  200" },
  "DELETE /v1/token": {
    statuses: "401 401 401  403 200  200 200  403 403 403 403  403 403  403  200 200  403 403  200",
  },
  ...STREAM_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...FACTOR_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...LINK_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...VERIFICATION_OPERATIONS,
  "POST /v1/setup": {
    statuses: "404 404 404  404 404  404 404  404 404 404 404  404 404  404  404 404  404 404  404",
    body: () => ({
      code: "BCDF-GHJK-LMNP-QRST",
      accountName: "initech",
      organization: "Initech",
      instance: "Main",
      firstName: "Bill",
      lastName: "Lumbergh",
      email: "bill@initech.example",
      password: "correct horse battery staple",
    }),
  },
  "GET /openapi.json": {
    statuses: "200 200 200  200 200  200 200  200 200 200 200  200 200  200  200 200  200 200  200",
  },
  "GET /api/auth/[...nextauth]": {
    statuses: "200 200 200  200 200  200 200  200 200 200 200  200 200  200  200 200  200 200  200",
    path: "/api/auth/csrf",
  },
  // Without its own token next-auth answers a sign-in by asking for one.
  "POST /api/auth/[...nextauth]": {
    statuses: "403 403 302  302 403  403 403  302 302 302 302  302 302  403  403 403  302 302  403",
    path: "/api/auth/callback/credentials",
    body: () => ({}),
    isUnrecorded: true,
  },
};

export const methodOf = (operation: string) => operation.split(" ")[0] as string;

export const pathOf = (operation: string, target: Target) => {
  const [, pattern = ""] = operation.split(" ");
  const path = OPERATIONS[operation]?.path ?? pattern;
  return path.replace(/\[(\w+)\]/g, (_, part: keyof Target) => target[part]);
};

export const isChange = (operation: string) => methodOf(operation) !== "GET" && !WAIVERS[operation]?.changesNothing;

/** Whether whoever may do it leaves an event that the matrix sees. */
export const isRecorded = (operation: string) => methodOf(operation) !== "GET" && !WAIVERS[operation];

/** Ids of the right form that nothing has. */
export const UNKNOWN: Target = {
  app: "80-19d41b7f2a0-zzzzzzzz",
  key: "56-19d41b7f2a0-zzzzzzzz",
  instance: "8-19d41b7f2a0-zzzzzzzz",
  event: "15-19d41b7f2a0-zzzzzzzz",
  session: "58-19d41b7f2a0-zzzzzzzz",
  grant: "57-19d41b7f2a0-zzzzzzzz",
  role: "30-19d41b7f2a0-zzzzzzzz",
  resource: "schema",
  name: "nowhere",
  held: "30-19d41b7f2a0-yyyyyyyy",
  user: "5-19d41b7f2a0-zzzzzzzz",
  token: "55-19d41b7f2a0-zzzzzzzz",
  tokenValue: "",
  publisherRole: "30-19d41b7f2a0-zzzzzzzz",
  stream: "85-19d41b7f2a0-zzzzzzzz",
  invite: "70-19d41b7f2a0-zzzzzzzz",
  view: "76-19d41b7f2a0-zzzzzzzz",
  value: "",
};
