import type { Operation } from "./operations";

const FORM = "application/x-www-form-urlencoded";

/** A cookie is not looked at: whoever comes with one has sent nothing. */
const BY_HEADER = "401 401 401  401 401  200 200  401 401 401 401  401 401  200  200 200  401 401  200";
const forward: Operation = { statuses: BY_HEADER, path: "/auth/check" };

/** Questions about credentials, and the end of one by whoever has it. */
export const VERIFICATION_OPERATIONS: Record<string, Operation> = {
  // Another organization's key is unknown here, unless the proxy names the organization.
  "GET /auth/check/[[...original]]": forward,
  "POST /auth/check/[[...original]]": forward,
  "PUT /auth/check/[[...original]]": forward,
  "PATCH /auth/check/[[...original]]": forward,
  "DELETE /auth/check/[[...original]]": forward,
  "OPTIONS /auth/check/[[...original]]": forward,
  "POST /v1/verify": {
    statuses: "401 401 401  401 200  200 200  401 401 401 401  401 401  403  403 403  401 401  403",
    body: ({ value }) => ({ credential: value }),
  },
  "POST /oauth/introspect": {
    statuses: "401 401 401  401 200  200 200  401 401 401 401  401 401  403  403 403  401 401  403",
    body: ({ value }) => String(new URLSearchParams({ token: value })),
    type: FORM,
  },
  // The value itself is the authority: one that opens nothing is ended already, whoever sends it.
  "POST /oauth/revoke": {
    statuses: "200 200 200  200 200  200 200  200 200 200 200  200 200  200  200 200  200 200  200",
    body: () => "token=unknown",
    type: FORM,
  },
  "GET /.well-known/oauth-authorization-server": {
    statuses: "200 200 200  200 200  200 200  200 200 200 200  200 200  200  200 200  200 200  200",
  },
};
