import type { Operation } from "./operations";
import { fresh } from "./world";

const email = () => `${fresh("lena").replace(/ /g, "-")}@example.com`;

/** Those on invitations and on links by mail. Whom a link lets in is a matter of the link, not of the caller. */
export const LINK_OPERATIONS: Record<string, Operation> = {
  "GET /v1/invites": {
    statuses: "401 401 401  200 200  200 403  200 200 403 200  200 403  200  200 200  200 403  200",
  },
  "POST /v1/invites": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  201 403  201  403 403  403 403  403",
    body: ({ instance }) => ({ inviteeEmail: email(), entityZUID: instance, accessLevel: 5 }),
  },
  "PUT /v1/invites/[invite]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
    body: () => ({}),
    path: "/v1/invites/[invite]?action=resend",
  },
  "DELETE /v1/invites/[invite]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  200 403  200  403 403  403 403  403",
  },
  "GET /v1/instances/[instance]/users/pending": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  200 403  200  200 403  200 403  200",
  },
  "PUT /v1/invites/by-link": {
    statuses: "422 422 422  422 422  422 422  422 422 422 422  422 422  422  422 422  422 422  422",
    body: () => ({}),
    path: "/v1/invites/by-link?action=accept",
  },
  "POST /auth/password-resets": {
    statuses: "422 422 422  422 422  422 422  422 422 422 422  422 422  422  422 422  422 422  422",
    body: () => ({}),
  },
  "POST /auth/password-reset": {
    statuses: "422 422 422  422 422  422 422  422 422 422 422  422 422  422  422 422  422 422  422",
    body: () => ({}),
  },
};

/** Those that ask nobody who they are. */
export const isByLink = (operation: string) => /\/(by-link|password-resets?)$/.test(operation);
