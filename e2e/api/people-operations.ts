import type { Operation } from "./operations";
import { fresh } from "./world";

/** Those on roles and on people. */
export const PEOPLE_OPERATIONS: Record<string, Operation> = {
  "GET /v1/instances/[instance]/roles": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "POST /v1/instances/[instance]/roles": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  201 403  201  403 403  201 403  403",
    body: () => ({}),
  },
  "GET /v1/instances/[instance]/roles/[role]": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "GET /v1/instances/[instance]/users/roles": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "GET /v1/roles": { statuses: "401 401 401  200 200  200 200  200 200 200 200  200 200  200  200 200  200 200  200" },
  "POST /v1/roles": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  201 403  201  403 403  403 403  403",
    body: ({ instance }) => ({
      name: fresh("Role"),
      entityZUID: instance,
      systemRoleZUID: "31-71cfc74-c0ntr1b0t0r",
    }),
  },
  "GET /v1/roles/[role]": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "PUT /v1/roles/[role]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: () => ({ description: fresh("Described") }),
  },
  "DELETE /v1/roles/[role]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
  },
  "GET /v1/roles/[role]/granulars": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "POST /v1/roles/[role]/granulars": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  201 403  201  403 403  403 403  403",
    body: () => ({ resourceZUID: "media", read: false }),
  },
  "PUT /v1/roles/[role]/granulars": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: () => [{ resourceZUID: "media", read: false }],
  },
  "GET /v1/roles/[role]/granulars/[resource]": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "DELETE /v1/roles/[role]/granulars/[resource]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
  },
  "GET /v1/users": { statuses: "401 401 401  200 200  200 403  200 200 403 200  403 403  200  403 403  200 403  200" },
  "GET /v1/users/[user]": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  200 403  200",
  },
  "PUT /v1/users/[user]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
    body: () => ({ firstName: fresh("Mel") }),
  },
  "GET /v1/users/[user]/grants": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  200 403  200",
  },
  "GET /v1/users/[user]/roles": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  200 403  200",
  },
  "POST /v1/users/[user]/roles": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  201 403  201  403 403  403 403  403",
    body: ({ role }) => ({ roleZUID: role }),
  },
  "PUT /v1/users/[user]/roles/[role]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: ({ role }) => ({ roleZUID: role }),
    path: "/v1/users/[user]/roles/[held]",
  },
  "DELETE /v1/users/[user]/roles/[role]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    path: "/v1/users/[user]/roles/[held]",
  },
  "PUT /v1/users/roles/[role]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: ({ role }) => ({ roleZUID: role }),
    path: "/v1/users/roles/[held]",
  },
};
