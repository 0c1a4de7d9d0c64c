"use client";

import { debounce, parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useTransition } from "react";

export interface Sort {
  key: string;
  dir: "asc" | "desc";
}

/** What the server component reads from the address: `q`, `sort`, `dir`, `cursor` and one key per filter. */
export function useTableQuery(filterKeys: readonly string[], defaultSort: Sort | undefined) {
  const [isPending, startTransition] = useTransition();
  const joined = filterKeys.join(",");
  const parsers = useMemo(
    () => ({
      q: parseAsString.withDefault(""),
      sort: parseAsString,
      dir: parseAsStringLiteral(["asc", "desc"]),
      cursor: parseAsString,
      hide: parseAsArrayOf(parseAsString).withDefault([]),
      ...Object.fromEntries(
        joined
          .split(",")
          .filter(Boolean)
          .map((key) => [key, parseAsString]),
      ),
    }),
    [joined],
  );
  const [query, setQuery] = useQueryStates(parsers, {
    shallow: false,
    history: "push",
    scroll: false,
    startTransition,
  });
  const filters = Object.fromEntries(
    filterKeys.map((key) => [key, (query as Record<string, unknown>)[key] as string | null]),
  );
  const none = Object.fromEntries(filterKeys.map((key) => [key, null]));
  const sort: Sort | undefined = query.sort ? { key: query.sort, dir: query.dir ?? "asc" } : defaultSort;

  return {
    isPending,
    q: query.q,
    cursor: query.cursor,
    hidden: query.hide,
    filters,
    sort,
    isFiltered: query.q !== "" || Object.values(filters).some((value) => value !== null),
    search: (q: string) =>
      void setQuery({ q: q || null, cursor: null }, { history: "replace", limitUrlUpdates: debounce(250) }),
    setFilter: (key: string, value: string | null) => void setQuery({ [key]: value, cursor: null }),
    clear: () => void setQuery({ ...none, q: null, cursor: null }),
    // Not shallow: that would cut off rows still on their way for an earlier change.
    setHidden: (hide: string[]) => void setQuery({ hide: hide.length > 0 ? hide : null }, { history: "replace" }),
    goTo: (cursor: string | null) => void setQuery({ cursor }, { scroll: true }),
    setSort: (asked: Sort | undefined) => {
      // Where the default is descending, there is no third state to go back to.
      const isStuck = !asked && defaultSort?.dir === "desc" && sort?.key === defaultSort.key && sort.dir === "desc";
      const next: Sort | undefined = isStuck ? { key: defaultSort.key, dir: "asc" } : asked;
      const isDefault = !next || (next.key === defaultSort?.key && next.dir === defaultSort.dir);
      void setQuery({ sort: isDefault ? null : next.key, dir: isDefault ? null : next.dir, cursor: null });
    },
  };
}

export type TableQuery = ReturnType<typeof useTableQuery>;
