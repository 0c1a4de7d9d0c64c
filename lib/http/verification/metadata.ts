import "server-only";
import { ownAddress } from "@/lib/kernel/own-address";
import { answerer, json } from "./answer";

/** Authorization server metadata (RFC 8414). There is no authorization and no token endpoint for OAuth clients. */
export const metadata = answerer(() => json(JSON.stringify(metadataOf(ownAddress()))));

const metadataOf = (issuer: string) => ({
  issuer,
  response_types_supported: [],
  grant_types_supported: [],
  introspection_endpoint: `${issuer}/oauth/introspect`,
  introspection_endpoint_auth_methods_supported: ["client_secret_basic"],
  revocation_endpoint: `${issuer}/oauth/revoke`,
  revocation_endpoint_auth_methods_supported: ["none"],
});
