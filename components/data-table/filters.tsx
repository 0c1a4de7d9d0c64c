"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Filter, type FilterSpec } from "@/components/data-table/filter";
import type { TableQuery } from "@/components/data-table/query";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

/** One chip per filter; the optional ones appear when they are set or chosen from "Filter". */
export function Filters({ query, filters }: { query: TableQuery; filters: readonly FilterSpec[] }) {
  const [added, setAdded] = useState<string>();
  const isShown = ({ key, isOptional }: FilterSpec) => !isOptional || query.filters[key] != null || key === added;
  const others = filters.filter((filter) => !isShown(filter));
  return (
    <>
      {filters.filter(isShown).map((filter) => (
        <Filter
          key={filter.key}
          spec={filter}
          value={query.filters[filter.key] ?? null}
          onChange={(value) => query.setFilter(filter.key, value)}
          defaultOpen={filter.key === added}
        />
      ))}
      {others.length > 0 && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" size="s">
              <Plus aria-hidden /> Filter
            </Button>
          </DropdownMenuTrigger>
          {/* Focus goes on to the filter that opens, not back to the menu's button. */}
          <DropdownMenuContent align="start" onCloseAutoFocus={(event) => added && event.preventDefault()}>
            {others.map(({ key, label }) => (
              <DropdownMenuItem key={key} onSelect={() => setAdded(key)}>
                {label}
              </DropdownMenuItem>
            ))}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
    </>
  );
}
