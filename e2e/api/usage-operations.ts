import type { Operation } from "./operations";

/** Those on counts and callers: whoever may read a credential may read how it was used. */
export const USAGE_OPERATIONS: Record<string, Operation> = {
  "GET /v1/keys/[key]/usage": {
    statuses: "401 401 401  404 404  200 403  200 200 200 200  403 403  200  403 403  403 403  200",
  },
  "GET /v1/tokens/[token]/usage": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "GET /v1/credentials": {
    statuses: "401 401 401  200 200  200 403  200 200 200 200  200 403  200  200 200  200 403  200",
  },
  // Nothing here has come back with a backup.
  "POST /v1/credentials/confirmations": {
    statuses: "401 401 401  404 403  403 403  404 404 403 403  403 403  404  403 403  403 403  403",
    body: ({ key }) => ({ credentials: [key] }),
  },
  "GET /v1/usage": {
    statuses: "401 401 401  200 200  200 403  200 200 200 200  200 403  200  200 200  200 403  200",
  },
};
