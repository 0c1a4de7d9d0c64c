import type { Operation } from "./operations";
import { fresh } from "./world";

/** Those on the audit trail and on its saved views: a person's own matter, whatever else they hold. */
export const TRAIL_OPERATIONS: Record<string, Operation> = {
  "GET /v1/audit-events": {
    statuses: "401 401 401  200 200  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
  },
  "GET /v1/audit-events/[event]": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
  },
  "GET /v1/audit-events/histogram": {
    statuses: "401 401 401  200 200  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
  },
  "GET /v1/audit-events/export": {
    statuses: "401 401 401  200 200  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
    path: "/v1/audit-events/export?format=jsonl&time=1h",
  },
  "GET /v1/audit-views": {
    statuses: "401 401 401  200 403  403 403  200 200 403 200  403 403  200  403 403  403 403  403",
  },
  "POST /v1/audit-views": {
    statuses: "401 401 401  201 403  403 403  201 201 403 201  403 403  201  403 403  403 403  403",
    body: () => ({ name: fresh("View"), query: "outcome=denied&time=7d" }),
  },
  "PATCH /v1/audit-views/[view]": {
    statuses: "401 401 401  404 403  403 403  200 404 403 404  403 403  200  403 403  403 403  403",
    body: () => ({ name: fresh("View") }),
  },
  "DELETE /v1/audit-views/[view]": {
    statuses: "401 401 401  404 403  403 403  200 404 403 404  403 403  200  403 403  403 403  403",
  },
  "POST /v1/audit-events": {
    statuses: "401 401 401  403 201  201 403  403 403 403 403  403 403  403  201 201  403 403  403",
    body: ({ key }) => ({
      credential: key,
      action: "api.orders.refunded",
      verb: 2,
      target: { type: "order", name: fresh("Order") },
      outcome: "allowed",
    }),
  },
  "GET /v1/audit/bundle": {
    statuses: "401 401 401  200 200  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
  },
  "POST /v1/audit/verifications": {
    statuses: "401 401 401  201 403  403 403  201 201 403 201  403 403  201  403 403  403 403  403",
    body: () => ({ size: 1, result: "verified" }),
  },
  "GET /v1/audit/checkpoint": {
    statuses: "401 401 401  200 200  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
  },
  "GET /v1/audit/proof": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
    path: "/v1/audit/proof?event=[event]",
  },
};
