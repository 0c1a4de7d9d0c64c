import "server-only";
import { z } from "zod";
import { AppError } from "./errors";

export interface Page<R> {
  rows: R[];
  total: number;
  limit: number;
  nextCursor: string | null;
  previousCursor: string | null;
}

type Dir = "asc" | "desc";
type SortValue = string | Date | bigint;

/** How one sort key reads its value off a row and back from a cursor. */
export interface SortKey<R> {
  field: string;
  of: (row: R) => SortValue;
  parse: (text: string) => SortValue;
}

export const byText = <R>(field: string, of: (row: R) => string): SortKey<R> => ({ field, of, parse: (text) => text });
export const byTime = <R>(field: string, of: (row: R) => Date): SortKey<R> => ({
  field,
  of,
  parse: (text) => new Date(z.iso.datetime().parse(text)),
});
export const byNumber = <R>(field: string, of: (row: R) => bigint): SortKey<R> => ({
  field,
  of,
  parse: (text) => z.coerce.bigint().min(0n).max(9_223_372_036_854_775_807n).parse(text),
});

const Cursor = z.tuple([
  z.string(),
  z.enum(["asc", "desc"]),
  z.enum(["after", "before"]),
  z.string(),
  z.string().regex(/^[\w-]+$/),
]);

/** What a page asks for. Where the sort key is unique, `beyond` says the same as `where`: begin after this value. */
export interface Part {
  where: object;
  orderBy: object[];
  take: number;
  order: Dir;
  beyond?: SortValue;
}

/**
 * Reads one page by keyset: `fetch` gets the `where` of the cursor, the order and how many rows to
 * take. An opaque cursor carries no authority, as every query names its organization itself.
 * Throws `invalid_input` for a cursor of another order or of nobody's making.
 */
export async function readPage<R extends { id: string }>(
  query: { limit: number; cursor?: string | undefined; dir: Dir },
  key: SortKey<R>,
  fetch: (part: Part) => Promise<R[]>,
  count: () => Promise<number>,
): Promise<Page<R>> {
  const { limit, dir } = query;
  const cursor = query.cursor === undefined ? undefined : decode(query.cursor, key, dir);
  const isBackwards = cursor?.side === "before";
  const order: Dir = isBackwards === (dir === "asc") ? "desc" : "asc";
  const compare = order === "asc" ? "gt" : "lt";
  const where = cursor
    ? {
        OR: [{ [key.field]: { [compare]: cursor.value } }, { [key.field]: cursor.value, id: { [compare]: cursor.id } }],
      }
    : {};

  const [found, total] = await Promise.all([
    fetch({
      where,
      orderBy: [{ [key.field]: order }, { id: order }],
      take: limit + 1,
      order,
      ...(cursor && { beyond: cursor.value }),
    }),
    count(),
  ]);
  const hasMore = found.length > limit;
  const rows = found.slice(0, limit);
  if (isBackwards) rows.reverse();

  const edge = (side: "after" | "before", row: R | undefined) => (row ? encode(key, dir, side, row) : null);
  const hasNext = isBackwards ? rows.length > 0 : hasMore;
  const hasPrevious = isBackwards ? hasMore : cursor !== undefined && rows.length > 0;
  return {
    rows,
    total,
    limit,
    nextCursor: hasNext ? edge("after", rows.at(-1)) : null,
    previousCursor: hasPrevious ? edge("before", rows[0]) : null,
  };
}

function encode<R extends { id: string }>(key: SortKey<R>, dir: Dir, side: "after" | "before", row: R): string {
  const value = key.of(row);
  const text = value instanceof Date ? value.toISOString() : String(value);
  return Buffer.from(JSON.stringify([key.field, dir, side, text, row.id])).toString("base64url");
}

function decode<R>(cursor: string, key: SortKey<R>, dir: Dir) {
  try {
    const [field, order, side, text, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    if (field !== key.field || order !== dir || text.includes("\0") || !text.isWellFormed())
      throw new Error("another list");
    return { side, id, value: key.parse(text) };
  } catch (cause) {
    const detail = "This cursor does not belong to this list and order; start again without it.";
    throw new AppError("invalid_input", detail, { errors: [{ pointer: "?cursor", detail }] }, { cause });
  }
}

/** A list that is short enough to be answered whole. */
export const wholeList = <R>(rows: R[]): Page<R> => ({
  rows,
  total: rows.length,
  limit: rows.length,
  nextCursor: null,
  previousCursor: null,
});

/** A page by its number, as the vendor's lists have it. */
export const numberedPage = <R>(rows: R[], total: number, { limit }: { limit: number }): Page<R> => ({
  ...wholeList(rows),
  total,
  limit,
});

/** Turns the rows of a page into what the caller is shown. */
export function mapPage<R, T>(page: Page<R>, show: (row: R) => T): Page<T> {
  return { ...page, rows: page.rows.map(show) };
}
