import "server-only";
import { db } from "@/lib/kernel/db";
import { likeText } from "@/lib/kernel/search";
import { EventId } from "@/lib/audit/schema";
import { Prisma } from "@/prisma/generated/client";
import { anyOf, ofRows, ofTerms, type Source } from "./segments";

/** Each is a query of its own. */
const PARTS_AT_MOST = 8;
const WORDS_AT_MOST = 500;
const NAMES_AT_MOST = 2_000;
/** So many are looked at for the text: a word of it may be too short to be looked for. */
const WORDED_AT_MOST = 20_000;
const ROWS_AT_MOST = 20_000;
/** Fewer letters are in so many words that looking for these is no help. */
const LETTERS_AT_LEAST = 3;
/** What parts words, here and in audit_words(). */
const BETWEEN_WORDS = /[.,:;\-_/\\@#()[\]"'+& ]/;

interface Term {
  id: number;
  facet: string;
  key: string;
  isDense: boolean;
}

interface Name extends Term {
  /** Every name that the key ever had has the text: its events need not be looked at. */
  isAlways: boolean;
}

interface TextSources {
  sources: Source[];
  /** False: other events may be in the sources too, and their rows have to be looked at. */
  isExact: boolean;
}

/** The trail of one organization up to the position where the index ends. */
interface Extent {
  organizationId: string;
  boundary: bigint;
}

/** Sources that every event with the text in a name, its action or its reason is in. */
export async function textSources(extent: Extent, text: string): Promise<TextSources> {
  const { organizationId } = extent;
  if (EventId.safeParse({ event: text }).success) {
    return { sources: [ofRows(organizationId, Prisma.sql`id = ${text}`)], isExact: true };
  }
  const lower = await lowerOf(text);
  const parts = partsOf(lower);
  const found = await Promise.all(parts.map((part) => wordsLike(organizationId, part)));
  const [only] = found;
  if (parts.length === 1 && only) {
    const source = await worded(extent, only, lower);
    return source ? { sources: [source], isExact: true } : { sources: [], isExact: false };
  }
  const known = found.filter((terms) => terms !== undefined);
  const named = known.length > 0 ? await namesWith(organizationId, known, lower) : undefined;
  const exact = named && (await sourceOf(extent, named, lower));
  if (exact) return { sources: [exact], isExact: true };
  const frequent = found.filter((terms) => terms?.length && terms.every(({ isDense }) => isDense)) as Term[][];
  return { sources: frequent.map((terms) => ofTerms(terms.map(({ id }) => id))), isExact: false };
}

/** As the index has its words: of some letters JavaScript makes others than the database does. */
async function lowerOf(text: string): Promise<string> {
  const [row] = await db().$queryRaw<{ text: string }[]>`select lower(${text}) as text`;
  return row?.text ?? text;
}

/** A word of the text, which may be the end or the beginning of a longer one. */
interface Part {
  text: string;
  isEnd: boolean;
  isBeginning: boolean;
}

/**
 * The words of a text, each once, and no more than narrow it down: whether the whole text is there is asked of each name
 * in any case. Of several words the first may be the end of a longer one and the last the beginning of one.
 */
export function partsOf(text: string): Part[] {
  const words = text.split(BETWEEN_WORDS);
  const parts = words.map((word, i) => ({ text: word, isEnd: i === 0, isBeginning: i === words.length - 1 }));
  const once = new Map(parts.map((part) => [JSON.stringify(part), part]));
  return [...once.values()].slice(0, PARTS_AT_MOST);
}

/** The words that hold the part, undefined when they are too many. An empty one is in between two separators. */
async function wordsLike(organizationId: string, { text, isEnd, isBeginning }: Part): Promise<Term[] | undefined> {
  if (text === "") return undefined;
  const isWhole = !isEnd && !isBeginning;
  if ([...text].length < LETTERS_AT_LEAST && !isWhole) return undefined;
  const pattern = `${isEnd ? "%" : ""}${likeText(text)}${isBeginning ? "%" : ""}`;
  const terms = await db().$queryRaw<Term[]>`
    select id, facet, key, is_dense as "isDense" from audit_term
    where organization_id = ${organizationId} and facet = 'word'
      and ${isWhole ? Prisma.sql`key = ${text}` : Prisma.sql`audit_grams(key) @> audit_grams(${text}) and key like ${pattern}`}
    limit ${WORDS_AT_MOST + 1}`;
  return terms.length > WORDS_AT_MOST ? undefined : terms;
}

/** The names that have one of each of the words, and the text; undefined when they are too many, or too many have the words. */
async function namesWith(organizationId: string, words: Term[][], text: string): Promise<Name[] | undefined> {
  const each = words.map((terms) => Prisma.sql`audit_words(name) && ${terms.map(({ key }) => key)}::text[]`);
  const pattern = `%${likeText(text)}%`;
  const [found] = await db().$queryRaw<{ looked: number; names: Name[] }[]>`
    with worded as materialized (
      select id, facet, key, is_dense as "isDense", name from audit_term
      where organization_id = ${organizationId} and facet in ('actor', 'target', 'action', 'reason')
        and ${Prisma.join(each, " and ")}
      limit ${WORDED_AT_MOST + 1}
    ), named as (
      select id, facet, key, "isDense", not exists (
          select from audit_term o where o.organization_id = ${organizationId} and o.facet = worded.facet
            and o.key = worded.key and lower(o.name) not like ${pattern}
        ) as "isAlways"
      from worded where lower(name) like ${pattern} limit ${NAMES_AT_MOST + 1}
    )
    select (select count(*) from worded)::int as looked, coalesce(jsonb_agg(named), '[]') as names from named`;
  const isWhole = found && found.looked <= WORDED_AT_MOST && found.names.length <= NAMES_AT_MOST;
  return isWhole ? found.names : undefined;
}

/** The events of these words; undefined when too many would have to be looked up. */
async function worded(extent: Extent, words: readonly Term[], text: string): Promise<Source | undefined> {
  const dense = ofTerms(words.filter(({ isDense }) => isDense).map(({ id }) => id));
  const rare = words.filter(({ isDense }) => !isDense);
  if (rare.length === 0) return dense;
  const names = await namesWith(extent.organizationId, [rare], text);
  const source = names && (await sourceOf(extent, names, text));
  return source && anyOf([dense, source]);
}

/** The events of these names; undefined when too many would have to be looked up. */
async function sourceOf(extent: Extent, names: readonly Name[], text: string): Promise<Source | undefined> {
  const { organizationId } = extent;
  const sources = [ofTerms(names.filter(({ isDense }) => isDense).map(({ id }) => id))];
  for (const [facet, id, name] of [
    ["actor", Prisma.sql`actor_id`, Prisma.sql`actor_name`],
    ["target", Prisma.sql`target_id`, Prisma.sql`target_name`],
  ] as const) {
    const rare = names.filter((each) => !each.isDense && each.facet === facet);
    if (rare.length === 0) continue;
    const rowsOf = (some: readonly Name[]) => Prisma.sql`${id} = any(${some.map(({ key }) => key)}::text[])`;
    if (await isMoreThan(ROWS_AT_MOST, extent, rowsOf(rare))) return undefined;
    const [always, once] = [rare.filter(({ isAlways }) => isAlways), rare.filter(({ isAlways }) => !isAlways)];
    const named = Prisma.sql`${rowsOf(once)} and lower(${name}) like ${`%${likeText(text)}%`}`;
    if (always.length > 0) sources.push(ofRows(organizationId, rowsOf(always)));
    if (once.length > 0) sources.push(ofRows(organizationId, named));
  }
  return anyOf(sources);
}

async function isMoreThan(most: number, { organizationId, boundary }: Extent, rows: Prisma.Sql): Promise<boolean> {
  const [counted] = await db().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select from audit_event where organization_id = ${organizationId} and position < ${boundary} and ${rows}
      limit ${most + 1}
    ) as seen`;
  return (counted?.count ?? 0) > most;
}
