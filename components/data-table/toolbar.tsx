"use client";

import { SlidersHorizontal } from "lucide-react";
import { useState, type ReactNode, type Ref } from "react";
import type { FilterSpec } from "@/components/data-table/filter";
import { Filters } from "@/components/data-table/filters";
import type { Sort, TableQuery } from "@/components/data-table/query";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
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

function ViewMenu({ query, hideable, sorts }: Pick<ToolbarProps, "query" | "hideable" | "sorts">) {
  const { hidden, sort, setHidden, setSort } = query;
  const [key, dir] = [sort?.key ?? "", sort?.dir ?? "asc"];
  const keepOpen = (event: Event) => event.preventDefault();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="View">
          <SlidersHorizontal aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {sorts.length > 0 && (
          <>
            <DropdownMenuLabel>Sort by</DropdownMenuLabel>
            <DropdownMenuRadioGroup
              value={key}
              onValueChange={(next) => setSort({ key: next, dir: next === key ? flip(dir) : "asc" })}
            >
              {sorts.map((each) => (
                <DropdownMenuRadioItem key={each.key} value={each.key} onSelect={keepOpen}>
                  {each.label}
                  {each.key === key && (
                    <span className="ml-auto pl-4 text-xs text-ink-3">
                      {dir === "asc" ? "ascending" : "descending"}
                    </span>
                  )}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
            <DropdownMenuSeparator />
          </>
        )}
        <DropdownMenuLabel>Columns</DropdownMenuLabel>
        {hideable.map(({ id, label }) => (
          <DropdownMenuCheckboxItem
            key={id}
            checked={!hidden.includes(id)}
            onSelect={keepOpen}
            onCheckedChange={(isShown) => setHidden(isShown ? hidden.filter((each) => each !== id) : [...hidden, id])}
          >
            {label}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DensityItem />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

const flip = (dir: Sort["dir"]): Sort["dir"] => (dir === "asc" ? "desc" : "asc");

/** A cookie, so that the next page is drawn with it from the start. */
function DensityItem() {
  const [isCompact, setCompact] = useState(() => document.documentElement.dataset.density === "compact");
  function change(next: boolean) {
    setCompact(next);
    const density = next ? "compact" : "comfortable";
    document.documentElement.dataset.density = density;
    document.cookie = `density=${density};path=/;max-age=31536000;samesite=lax`;
  }
  return (
    <DropdownMenuCheckboxItem checked={isCompact} onCheckedChange={change} onSelect={(event) => event.preventDefault()}>
      Compact rows
    </DropdownMenuCheckboxItem>
  );
}
