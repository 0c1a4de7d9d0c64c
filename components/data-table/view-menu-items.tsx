"use client";

import { useState } from "react";
import type { Sort } from "@/components/data-table/query";
import { ViewMenuButton, type ViewMenuProps } from "@/components/data-table/view-menu-button";
import type { Opening } from "@/components/late-menu";
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

export function ViewMenuItems({ triggerRef, defaultOpen, ...menu }: ViewMenuProps & Opening) {
  const { query, hideable, sorts } = menu;
  const { hidden, sort, setHidden, setSort } = query;
  const [key, dir] = [sort?.key ?? "", sort?.dir ?? "asc"];
  const keepOpen = (event: Event) => event.preventDefault();
  return (
    <DropdownMenu defaultOpen={defaultOpen}>
      <DropdownMenuTrigger asChild ref={triggerRef}>
        <ViewMenuButton {...menu} />
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
