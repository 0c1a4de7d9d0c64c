import { describe, type Description, scopeOf } from "@/lib/verification/describe";
import type { Found } from "@/lib/verification/found";
import { NOT_KEPT } from "./answer";

/** Proxies refuse answers whose headers are longer than their buffers, of which the smallest have 4 kB. */
const PERMISSIONS_AT_MOST = 3_000;

interface Told {
  instanceId: string | undefined;
  headers: Record<string, string>;
}

/** Of each credential as it was asked about last: an API asks about one instance. */
const told = new WeakMap<Found, Told>();
/** What is kept of a request is as long as an id may be. */
const INSTANCE_AT_MOST = 100;

/** What the API behind the proxy is told of the accepted credential. */
export function credentialHeaders(found: Found, instanceId: string | undefined): Record<string, string> {
  const known = told.get(found);
  if (known && known.instanceId === instanceId) return known.headers;
  const headers = headersOf(describe(found, instanceId));
  if ((instanceId?.length ?? 0) <= INSTANCE_AT_MOST) told.set(found, { instanceId, headers });
  return headers;
}

function headersOf({ id, name, kind, role, roleId, instance, permissions }: Description): Record<string, string> {
  return {
    ...NOT_KEPT,
    "x-credential-id": id,
    "x-credential-name": encoded(name),
    "x-credential-kind": kind,
    ...(role !== undefined && { "x-role": encoded(role) }),
    ...(roleId !== undefined && { "x-role-id": roleId }),
    ...(instance !== undefined && { "x-instance": instance }),
    "x-permissions": listOf(permissions),
  };
}

/** What does not fit is left out: who needs to be sure of one permission asks for it. */
function listOf(permissions: readonly string[]): string {
  const list = scopeOf(permissions);
  return list.length <= PERMISSIONS_AT_MOST ? list : list.slice(0, list.lastIndexOf(" ", PERMISSIONS_AT_MOST));
}

/** Percent-encodes what is not printable ASCII, and the percent sign itself. */
const encoded = (text: string) => text.toWellFormed().replace(/[^ -$&-~]/gu, encodeURIComponent);
