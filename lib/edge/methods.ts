import { ALLOWED_METHODS } from "./refuse";
import { isApiPath } from "./target";

const READ = "GET, HEAD, OPTIONS";

/**
 * The methods of each address of the API, in the order of the alphabet: what is named comes before what may be any id.
 * The routes are Next's, and it does not tell; a test compares this with the routes themselves.
 */
export const METHODS_OF: Record<string, string> = {
  "/.well-known/oauth-authorization-server": "GET, HEAD",
  "/auth/check": "GET, HEAD, POST, PUT, PATCH, DELETE",
  "/auth/login": "POST",
  "/auth/logout": "GET, POST",
  "/auth/password-reset": "POST",
  "/auth/password-resets": "POST",
  "/auth/verify": "GET, HEAD",
  "/auth/verify-2fa": "GET, HEAD, POST",
  "/oauth/introspect": "POST",
  "/oauth/revoke": "POST",
  "/v1/apps": "GET, HEAD, POST",
  "/v1/apps/{app}": "GET, HEAD, PATCH, DELETE",
  "/v1/apps/{app}/grants": "GET, HEAD",
  "/v1/apps/{app}/grants/{grant}": "DELETE",
  "/v1/apps/{app}/keys": "GET, HEAD, POST",
  "/v1/apps/{app}/secret": "POST",
  "/v1/audit-events": "GET, HEAD, POST",
  "/v1/audit-events/export": "GET",
  "/v1/audit-events/histogram": "GET, HEAD",
  "/v1/audit-events/{event}": "GET, HEAD",
  "/v1/audit-views": "GET, HEAD, POST",
  "/v1/audit-views/{view}": "PATCH, DELETE",
  "/v1/audit/bundle": "GET",
  "/v1/audit/checkpoint": "GET, HEAD",
  "/v1/audit/proof": "GET, HEAD",
  "/v1/audit/verifications": "POST",
  "/v1/centers": "GET, HEAD",
  "/v1/centers/{instance}": "GET, HEAD",
  "/v1/credentials": "GET, HEAD",
  "/v1/credentials/confirmations": "POST",
  "/v1/instances": "GET, HEAD, POST",
  "/v1/instances/{instance}": "GET, HEAD, PUT",
  "/v1/instances/{instance}/env/audits": "GET, HEAD",
  "/v1/instances/{instance}/env/audits/{event}": "GET, HEAD",
  "/v1/instances/{instance}/roles": "GET, HEAD, POST",
  "/v1/instances/{instance}/roles/{role}": "GET, HEAD",
  "/v1/instances/{instance}/tokens": "GET, HEAD",
  "/v1/instances/{instance}/users/pending": "GET, HEAD",
  "/v1/instances/{instance}/users/roles": "GET, HEAD",
  "/v1/invites": "GET, HEAD, POST",
  "/v1/invites/by-link": "PUT",
  "/v1/invites/{invite}": "PUT, DELETE",
  "/v1/keys/{key}": "GET, HEAD, PATCH, DELETE",
  "/v1/keys/{key}/rotations": "POST",
  "/v1/keys/{key}/rotations/current": "PATCH, DELETE",
  "/v1/keys/{key}/usage": "GET, HEAD",
  "/v1/outbox/readings": "POST",
  "/v1/policy": "GET, HEAD, PATCH",
  "/v1/resources": "GET, HEAD, POST",
  "/v1/resources/{name}": "GET, HEAD, PATCH, DELETE",
  "/v1/roles": "GET, HEAD, POST",
  "/v1/roles/{role}": "GET, HEAD, PUT, DELETE",
  "/v1/roles/{role}/granulars": "GET, HEAD, POST, PUT",
  "/v1/roles/{role}/granulars/{resource}": "GET, HEAD, DELETE",
  "/v1/sessions": "GET, HEAD, DELETE",
  "/v1/sessions/current": "GET, HEAD",
  "/v1/sessions/current/extension": "POST",
  "/v1/sessions/current/proof": "POST",
  "/v1/sessions/{session}": "DELETE",
  "/v1/setup": "POST",
  "/v1/streams": "GET, HEAD, POST",
  "/v1/streams/{stream}": "GET, HEAD, PATCH, DELETE",
  "/v1/streams/{stream}/deliveries": "GET, HEAD, POST",
  "/v1/streams/{stream}/secret": "POST",
  "/v1/token": "GET, HEAD, DELETE",
  "/v1/tokens": "POST",
  "/v1/tokens/sessions/revoke": "DELETE",
  "/v1/tokens/{token}": "GET, HEAD, PUT, DELETE",
  "/v1/tokens/{token}/rotations": "POST",
  "/v1/tokens/{token}/rotations/current": "PATCH, DELETE",
  "/v1/tokens/{token}/usage": "GET, HEAD",
  "/v1/usage": "GET, HEAD",
  "/v1/users": "GET, HEAD",
  "/v1/users/roles/{role}": "PUT",
  "/v1/users/{user}": "GET, HEAD, PUT",
  "/v1/users/{user}/grants": "GET, HEAD",
  "/v1/users/{user}/identities": "GET, HEAD, PUT, DELETE",
  "/v1/users/{user}/roles": "GET, HEAD, POST",
  "/v1/users/{user}/roles/{role}": "PUT, DELETE",
  "/v1/users/{user}/second-factor": "GET, HEAD, POST, PUT, DELETE",
  "/v1/users/{user}/second-factor/recovery-codes": "POST",
  "/v1/verify": "POST",
};

let patterns: [pattern: RegExp, methods: string][] | undefined;

/** What an `Allow` header says of the path (RFC 9110, 15.5.6): a page can only be read, and an unknown address says nothing. */
export function allowOf(path: string): string {
  if (!isApiPath(path)) return READ;
  patterns ??= Object.entries(METHODS_OF).map(([known, methods]) => [patternOf(known), methods]);
  const methods = patterns.find(([pattern]) => pattern.test(path))?.[1];
  return methods === undefined ? ALLOWED_METHODS : `${methods}, OPTIONS`;
}

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
