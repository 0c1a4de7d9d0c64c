import "server-only";
import { db } from "@/lib/kernel/db";
import { Prisma } from "@/prisma/generated/client";
import { isWithin, ofRows, ofTerms, type Source } from "./segments";
import { COLUMNS } from "./where";

/** What each kind of filter asks of the index: of a facet one of these keys. */
export interface Fact {
  facet: "actor" | "actorType" | "action" | "verb" | "target" | "app" | "instance" | "outcome" | "ip" | "all";
  keys: readonly string[];
}

const SPARSE = ["actor", "target", "ip"] as const;
const isSparse = (facet: string): facet is (typeof SPARSE)[number] => SPARSE.some((each) => each === facet);

/** One source for each fact: dense terms have their bits, the others are found by their column. */
export async function factSources(organizationId: string, facts: readonly Fact[]): Promise<Source[]> {
  const terms = await db().auditTerm.findMany({
    where: { organizationId, isDense: true, OR: facts.map(({ facet, keys }) => ({ facet, key: { in: [...keys] } })) },
    select: { id: true, facet: true, key: true },
  });
  return facts.map(({ facet, keys }) => {
    const ids = terms.filter((term) => term.facet === facet && keys.includes(term.key)).map(({ id }) => id);
    if (ids.length > 0 || !isSparse(facet)) return ofTerms(ids);
    return ofRows(organizationId, Prisma.sql`${COLUMNS[facet]} = any(${keys}::text[])`);
  });
}

export const requestSource = (organizationId: string, request: string): Source =>
  ofRows(organizationId, Prisma.sql`request_id = ${request}`);

/** Segments of the time range; where it begins or ends inside of one, the bits of the rows that are in it. */
export const timeSource =
  (organizationId: string, from: string | undefined, to: string | undefined): Source =>
  (within) => {
    const since = Prisma.sql`coalesce(${from ?? null}::timestamptz, '-infinity')`;
    const until = Prisma.sql`coalesce(${to ?? null}::timestamptz, 'infinity')`;
    return Prisma.sql`
      select segment, case when first_at < ${since} or last_at >= ${until} then (
        select audit_bits((position % 16384)::int, 1) from audit_event e
        where e.organization_id = ${organizationId}
          and e.position >= s.segment * 16384::bigint and e.position < (s.segment + 1) * 16384::bigint
          and e.occurred_at >= ${since} and e.occurred_at < ${until}
      ) else ~repeat('0', 16384)::bit(16384) end as bits
      from audit_segment s
      where organization_id = ${organizationId} and last_at >= ${since} and first_at < ${until} and ${isWithin(within)}`;
  };
