"use client";

import type { ReactNode, Ref } from "react";
import type { FilterSpec } from "@/components/data-table/filter-button";
import { Filters } from "@/components/data-table/filters";
import type { TableQuery } from "@/components/data-table/query";
import { ViewMenu } from "@/components/data-table/view-menu";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

interface ToolbarProps {
  query: TableQuery;
  searchRef: Ref<HTMLInputElement>;
  searchLabel?: string;
  filters: readonly FilterSpec[];
  /** Further controls of the page: a date range, a live switch. */
  extra?: ReactNode;
  /** What the list holds, at the right: "12 apps · 14 live keys". */
  summary?: ReactNode;
  hideable: readonly { id: string; label: string }[];
  sorts: readonly { key: string; label: string }[];
}

export function Toolbar({ query, searchRef, searchLabel, filters, extra, summary, hideable, sorts }: ToolbarProps) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {searchLabel && (
        <div className="relative w-[250px] max-sm:w-full">
          <input
            ref={searchRef}
            type="search"
            aria-label={searchLabel}
            placeholder={searchLabel}
            value={query.q}
            onChange={(event) => query.search(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
            className="peer h-8 w-full rounded-1 border border-line-strong bg-surface pr-8 pl-2.5 text-m placeholder:text-ink-3 max-sm:text-l"
          />
          <Kbd className="pointer-events-none absolute top-1.5 right-2 peer-focus:hidden max-sm:hidden">/</Kbd>
        </div>
      )}
      <Filters query={query} filters={filters} />
      {extra}
      {query.isFiltered && (
        <Button variant="ghost" size="s" onClick={query.clear}>
          Clear
        </Button>
      )}
      <div className="ml-auto flex items-center gap-2 text-ink-3">
        {summary && <span className="text-s tabular-nums">{summary}</span>}
        <ViewMenu query={query} hideable={hideable} sorts={sorts} />
      </div>
    </div>
  );
}
