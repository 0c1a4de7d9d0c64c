"use client";

import { useState } from "react";
import { AddFilterButton, type AddFilterProps } from "@/components/data-table/add-filter-button";
import { Filter } from "@/components/data-table/filter";
import type { FilterSpec } from "@/components/data-table/filter-button";
import type { TableQuery } from "@/components/data-table/query";
import { lateMenu } from "@/components/late-menu";

const AddFilter = lateMenu<AddFilterProps>(
  () => import("./add-filter-items").then((loaded) => loaded.AddFilterItems),
  AddFilterButton,
);

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
      {others.length > 0 && <AddFilter filters={others} onAdd={setAdded} />}
    </>
  );
}
