import type { AnyPermission } from "@/lib/kernel/permissions";
import type { Endpoint, ResourceRecord } from "@/lib/resources/schema";

export interface Opened {
  /** What is open of each resource whose endpoints are known. */
  known: { name: string; endpoints: Endpoint[] }[];
  /** Resources that are open, and nobody has said by which endpoints. */
  unlisted: string[];
}

/** The endpoints that the permissions open, by resource. Latchkey's own are no business of the catalogue. */
export function openedBy(permissions: readonly AnyPermission[], resources: readonly ResourceRecord[]): Opened {
  const has = new Set<string>(permissions);
  const open = resources.filter(
    ({ kind, name, verbs }) => kind !== "latchkey" && verbs.some((verb) => has.has(`${name}:${verb}`)),
  );
  return {
    known: open
      .map(({ name, endpoints }) => ({ name, endpoints: endpoints.filter(({ verb }) => has.has(`${name}:${verb}`)) }))
      .filter(({ endpoints }) => endpoints.length > 0),
    unlisted: open.flatMap(({ name, endpoints }) => (endpoints.length === 0 ? [name] : [])),
  };
}
