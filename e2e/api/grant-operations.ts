import type { Operation } from "./operations";

/** Those on logins through an app. */
export const GRANT_OPERATIONS: Record<string, Operation> = {
  "GET /v1/apps/[app]/grants": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  200 403  200",
  },
  "DELETE /v1/apps/[app]/grants/[grant]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  200 403  403",
  },
  "DELETE /v1/tokens/sessions/revoke": {
    statuses: "401 401 401  200 403  403 403  200 200 200 200  200 200  200  403 403  200 200  200",
    endsSessions: true,
  },
};
