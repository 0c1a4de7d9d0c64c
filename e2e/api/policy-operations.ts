import type { Operation } from "./operations";
import { fresh } from "./world";

let changes = 0;

/** Those on the policy, on the outbox and on the catalogue of resources. */
export const POLICY_OPERATIONS: Record<string, Operation> = {
  "GET /v1/policy": { statuses: "401 401 401  200 200  200 403  200 200 403 200  403 403  200  403 403  403 403  200" },
  "PATCH /v1/policy": {
    statuses: "401 401 401  200 403  403 403  200 403 403 403  403 403  200  403 403  403 403  403",
    // Each time another value, as what changes nothing is refused; nobody asks for so long an overlap.
    body: () => ({ rotationMaxHours: 400 + (++changes % 300) }),
  },
  "POST /v1/outbox/readings": {
    statuses: "401 401 401  200 403  403 403  200 403 403 403  403 403  200  403 403  403 403  403",
    body: () => ({}),
  },
  "GET /v1/resources": {
    statuses: "401 401 401  200 200  200 403  200 200 200 200  200 200  200  403 403  200 200  200",
  },
  "POST /v1/resources": {
    statuses: "401 401 401  201 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({ name: freshName(), description: "Orders of the shop" }),
  },
  "GET /v1/resources/[name]": {
    statuses: "401 401 401  404 404  200 403  200 200 200 200  200 200  200  403 403  200 200  200",
  },
  "PATCH /v1/resources/[name]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
    body: () => ({ description: fresh("Described") }),
  },
  "DELETE /v1/resources/[name]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
  },
};

/** A name in the form that resources have. */
const freshName = () => fresh("orders").replaceAll(" ", "-");
