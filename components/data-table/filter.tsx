"use client";

import { X } from "lucide-react";
import { FilterButton, type FilterProps } from "@/components/data-table/filter-button";
import { lateMenu } from "@/components/late-menu";

const FilterMenu = lateMenu<FilterProps>(
  () => import("./filter-menu").then((loaded) => loaded.FilterMenu),
  FilterButton,
);

export function Filter({ defaultOpen, ...filter }: FilterProps & { defaultOpen: boolean }) {
  const { spec, value, onChange } = filter;
  return (
    <span className="inline-flex">
      <FilterMenu {...filter} defaultOpen={defaultOpen} />
      {value && (
        <button
          type="button"
          aria-label={`Remove the filter ${spec.label}`}
          onClick={() => onChange(null)}
          className="grid h-6.5 w-6 place-items-center rounded-r-full border border-l-0 bg-surface pr-1 text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  );
}
