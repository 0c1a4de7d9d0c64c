import "server-only";
import { db } from "@/lib/kernel/db";
import { likeText } from "@/lib/kernel/search";
import { EventId } from "@/lib/audit/schema";
import { Prisma } from "@/prisma/generated/client";
import type { Extent } from "./facets";
import { anyOf, ofRows, ofTerms, type Source } from "./segments";

const NAMES_AT_MOST = 2_000;
const ROWS_AT_MOST = 20_000;
/** What parts words, here and in audit_words(). */
const BETWEEN_WORDS = /[.,:;\-_/\\@#()[\]"'+& ]+/;

interface Named {
  id: number;
  facet: string;
  key: string;
  isDense: boolean;
}

/**
 * Sources that every event with the text in a name, the action or the reason is in. Not exact: others may be in them
 * too, and the rows have to be looked at.
 */
export async function textSources(extent: Extent, text: string): Promise<{ sources: Source[]; isExact: boolean }> {
  const whole = await oneText(extent, text);
  const byId = ofRows(extent.organizationId, Prisma.sql`id = ${text}`, extent.boundary);
  if (whole) return { sources: [EventId.safeParse({ event: text }).success ? anyOf([whole, byId]) : whole], isExact: true };
  const words = text.split(BETWEEN_WORDS).filter((word) => word !== "");
  if (words.length < 2) return { sources: [], isExact: false };
  const found = await Promise.all(words.map((word) => oneText(extent, word)));
  return { sources: found.filter((source) => source !== undefined), isExact: false };
}

/** Exactly the events that have the text; undefined when too many names would have to be looked up. */
async function oneText(extent: Extent, text: string): Promise<Source | undefined> {
  const pattern = `%${likeText(text)}%`;
  const words = BETWEEN_WORDS.test(text) ? [] : await frequentWords(extent, pattern);
  const names = await namesWith(extent, text, pattern, words);
  if (names.length > NAMES_AT_MOST) return undefined;
  const sources = [ofTerms([...words, ...names.filter(({ isDense }) => isDense)].map(({ id }) => id))];
  const rare = names.filter(({ isDense }) => !isDense);
  const keysOf = (facet: string) => rare.filter((name) => name.facet === facet).map(({ key }) => key);
  for (const [keys, id, name] of [
    [keysOf("actor"), Prisma.sql`actor_id`, Prisma.sql`actor_name`],
    [keysOf("target"), Prisma.sql`target_id`, Prisma.sql`target_name`],
  ] as const) {
    if (keys.length === 0) continue;
    const rows = Prisma.sql`${id} = any(${keys}::text[])`;
    if (await isMoreThan(ROWS_AT_MOST, extent, rows)) return undefined;
    sources.push(
      ofRows(extent.organizationId, Prisma.sql`${rows} and lower(${name}) like lower(${pattern})`, extent.boundary),
    );
  }
  return anyOf(sources);
}

/** Every name with such a word has its bits under the word. */
const frequentWords = ({ organizationId }: Extent, pattern: string) =>
  db().$queryRaw<{ id: number; key: string }[]>`
    select id, key from audit_term
    where organization_id = ${organizationId} and facet = 'word' and key like lower(${pattern})`;

function namesWith({ organizationId }: Extent, text: string, pattern: string, words: { key: string }[]) {
  const grams =
    [...text].length < 3 ? Prisma.empty : Prisma.sql`and audit_grams(name) @> audit_grams(${text})`;
  return db().$queryRaw<Named[]>`
    select id, facet, key, is_dense as "isDense" from audit_term
    where organization_id = ${organizationId} and facet in ('actor', 'target', 'action', 'reason')
      ${grams} and lower(name) like lower(${pattern})
      and not audit_words(name) && ${words.map(({ key }) => key)}::text[]
    limit ${NAMES_AT_MOST + 1}`;
}

async function isMoreThan(most: number, { organizationId, boundary }: Extent, rows: Prisma.Sql): Promise<boolean> {
  const [counted] = await db().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select from audit_event where organization_id = ${organizationId} and position < ${boundary} and ${rows}
      limit ${most + 1}
    ) as seen`;
  return (counted?.count ?? 0) > most;
}
