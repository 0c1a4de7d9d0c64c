import { describe, endOf, scopeOf } from "./describe";
import type { Found } from "./found";

const inSeconds = (ms: number | null) => (ms === null ? undefined : Math.floor(ms / 1000));

/** An accepted credential in the words of RFC 7662, 2.2, and in ours. */
export function introspectionOf(found: Found, issuer: string) {
  const { kind, id, name, role, instance, organization, permissions } = describe(found);
  const { principal } = found.standing;
  return {
    active: true,
    // Who it was issued to: the app, or itself where there is none.
    client_id: "appId" in principal ? principal.appId : id,
    username: name,
    scope: scopeOf(permissions),
    token_type: kind === "api_key" ? "apikey" : "Bearer",
    exp: inSeconds(endOf(found)),
    iat: inSeconds(found.issuedAt),
    nbf: inSeconds(found.facts.notBefore),
    sub: "userId" in principal ? principal.userId : id,
    aud: instance,
    iss: issuer,
    kind,
    role,
    instance,
    organization,
  };
}
