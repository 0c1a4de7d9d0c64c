import type { Operation } from "./operations";

/** Nobody sets up another's second factor; who manages people may reset one, and the target's person has none. */
const SOMEBODY_ELSES = "401 401 401  403 403  403 403  403 403 403 403  403 403  403  403 403  403 403  403";

export const FACTOR_OPERATIONS: Record<string, Operation> = {
  "GET /v1/users/[user]/second-factor": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  200 403  200",
  },
  "POST /v1/users/[user]/second-factor": { statuses: SOMEBODY_ELSES, body: () => ({}) },
  "PUT /v1/users/[user]/second-factor": { statuses: SOMEBODY_ELSES, body: () => ({ code: "123456" }) },
  "DELETE /v1/users/[user]/second-factor": {
    statuses: "401 401 401  404 403  403 403  409 409 403 403  403 403  409  403 403  403 403  403",
    body: () => ({}),
  },
  "POST /v1/users/[user]/second-factor/recovery-codes": {
    statuses: SOMEBODY_ELSES,
    body: () => ({ code: "123456" }),
  },
  "GET /v1/users/[user]/identities": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  200 403  200",
  },
  "PUT /v1/users/[user]/identities": { statuses: SOMEBODY_ELSES, body: () => ({}) },
  "DELETE /v1/users/[user]/identities": {
    statuses: "401 401 401  404 403  403 403  404 404 403 403  403 403  404  403 403  403 403  403",
  },
  // Only the pending value of a login opens these, and nobody of the table has one.
  "GET /auth/verify-2fa": {
    statuses: "401 401 401  401 401  401 401  401 401 401 401  401 401  401  401 401  401 401  401",
  },
  "POST /auth/verify-2fa": {
    statuses: "401 401 401  401 401  401 401  401 401 401 401  401 401  401  401 401  401 401  401",
  },
};
