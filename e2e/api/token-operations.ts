import type { Operation } from "./operations";
import { fresh } from "./world";

/** Those on access tokens; of the two tokens that call, the second is of another instance. */
export const TOKEN_OPERATIONS: Record<string, Operation> = {
  "GET /v1/instances/[instance]/tokens": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "POST /v1/tokens": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  201 403  201  403 403  403 403  403",
    body: ({ instance, publisherRole }) => ({
      name: fresh("Token"),
      roleZUID: publisherRole,
      instanceZUID: instance,
    }),
  },
  "GET /v1/tokens/[token]": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "PUT /v1/tokens/[token]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: () => ({ name: fresh("Token") }),
  },
  "DELETE /v1/tokens/[token]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: () => ({ reason: "no longer needed" }),
  },
  "POST /v1/tokens/[token]/rotations": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  201 403  201  403 403  403 403  403",
    body: () => ({ overlapHours: 1 }),
  },
  "PATCH /v1/tokens/[token]/rotations/current": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: () => ({ overlapHours: 2 }),
    isRotating: true,
  },
  "DELETE /v1/tokens/[token]/rotations/current": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    isRotating: true,
  },
};
