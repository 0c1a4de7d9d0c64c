"use client";

import { useRef } from "react";
import { AddFilterButton, type AddFilterProps } from "@/components/data-table/add-filter-button";
import type { Opening } from "@/components/late-menu";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

export function AddFilterItems({ triggerRef, defaultOpen, ...menu }: AddFilterProps & Opening) {
  const isChosen = useRef(false);
  const choose = (key: string) => {
    isChosen.current = true;
    menu.onAdd(key);
  };
  return (
    <DropdownMenu defaultOpen={defaultOpen}>
      <DropdownMenuTrigger asChild ref={triggerRef}>
        <AddFilterButton {...menu} />
      </DropdownMenuTrigger>
      {/* Focus goes on to the filter that opens, not back to the menu's button. */}
      <DropdownMenuContent align="start" onCloseAutoFocus={(event) => isChosen.current && event.preventDefault()}>
        {menu.filters.map(({ key, label }) => (
          <DropdownMenuItem key={key} onSelect={() => choose(key)}>
            {label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
