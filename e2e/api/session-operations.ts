import type { Operation } from "./operations";

/** Those on sessions, over the console's API and the Auth API. */
export const SESSION_OPERATIONS: Record<string, Operation> = {
  "GET /v1/sessions": {
    statuses: "401 401 401  200 403  403 403  200 200 200 200  200 200  200  403 403  200 200  403",
  },
  "DELETE /v1/sessions": {
    statuses: "401 401 401  200 403  403 403  200 200 200 200  200 200  200  403 403  200 200  403",
    endsSessions: true,
  },
  // The developer's own.
  "DELETE /v1/sessions/[session]": {
    statuses: "401 401 401  404 403  403 403  200 200 200 403  403 403  200  403 403  200 403  403",
  },
  "GET /v1/sessions/current": {
    statuses: "401 401 401  200 403  403 403  200 200 200 200  200 200  200  403 403  200 200  403",
  },
  "POST /v1/sessions/current/extension": {
    statuses: "401 401 401  200 403  403 403  200 200 200 200  200 200  200  403 403  200 200  403",
    body: () => ({}),
  },
  "POST /v1/sessions/current/proof": {
    statuses: "401 401 401  200 403  403 403  200 200 200 200  200 200  200  403 403  200 200  403",
    body: () => ({ password: "correct horse battery staple" }),
  },
  // Whom it lets in is a matter of the account, not of the caller.
  "POST /auth/login": {
    statuses: "422 422 422  422 422  422 422  422 422 422 422  422 422  422  422 422  422 422  422",
    body: () => ({}),
  },
  "GET /auth/verify": {
    statuses: "401 401 401  200 401  401 401  200 200 200 200  200 200  200  200 200  200 200  401",
  },
  "GET /auth/logout": {
    statuses: "401 401 401  401 403  403 403  401 401 401 401  401 401  200  403 403  401 401  403",
    endsSessions: true,
  },
  "POST /auth/logout": {
    statuses: "401 401 401  200 403  403 403  200 200 200 200  200 200  200  403 403  200 200  403",
    endsSessions: true,
  },
};
