import "server-only";
import { notFound } from "next/navigation";
import type { z } from "zod";
import { toAppError } from "@/lib/kernel/errors";

/** The search parameters of a page, as Next gives them. */
export type Search = Record<string, string | string[] | undefined>;

/** What the schema accepts of a page's address: an address typed or outdated shows the list, not an error. */
export function readSearch<S extends z.ZodObject>(schema: S, search: Search): z.output<S> {
  const accepted = Object.entries(schema.shape).flatMap(([key, field]) =>
    search[key] !== undefined && (field as z.ZodType).safeParse(search[key]).success ? [[key, search[key]]] : [],
  );
  return schema.parse(Object.fromEntries(accepted));
}

/** The page of a list that was asked for; the first one when the cursor belongs to another order. */
export async function readPage<Q extends { cursor?: string | undefined }, P>(
  query: Q,
  list: (query: Q) => Promise<P>,
): Promise<P> {
  return list(query).catch((thrown: unknown) => {
    if (query.cursor === undefined || toAppError(thrown).code !== "invalid_input") throw thrown;
    return list({ ...query, cursor: undefined });
  });
}

/** Shows the page as absent when what it is about is not there. */
export async function found<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((thrown: unknown) => {
    if (toAppError(thrown).code === "not_found") notFound();
    throw thrown;
  });
}
