"use client";

import { useState } from "react";
import { FilterButton, type FilterProps } from "@/components/data-table/filter-button";
import type { Opening } from "@/components/late-menu";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";

/** A choice of values, or an editor for one. */
export function FilterMenu({ triggerRef, defaultOpen, ...filter }: FilterProps & Opening) {
  const { spec, value, onChange } = filter;
  if (!spec.options) return <EditedFilter {...filter} {...{ triggerRef, defaultOpen }} />;
  return (
    <DropdownMenu defaultOpen={defaultOpen}>
      <DropdownMenuTrigger asChild ref={triggerRef}>
        <FilterButton {...filter} />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuRadioGroup value={value ?? ""} onValueChange={(next) => onChange(next || null)}>
          {[{ value: "", label: "Any" }, ...spec.options].map((option) => (
            <DropdownMenuRadioItem key={option.value} value={option.value}>
              {option.label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function EditedFilter({ triggerRef, defaultOpen, ...filter }: FilterProps & Opening) {
  const { spec, value, onChange } = filter;
  const [isOpen, setOpen] = useState(defaultOpen);
  const apply = (next: string | null) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<FilterButton {...filter} />}
      triggerRef={triggerRef}
      label={spec.label}
    >
      {spec.editor ? spec.editor(value, apply) : <TextEditor spec={spec} value={value} onChange={apply} />}
    </Popover>
  );
}

function TextEditor({ spec, value, onChange }: FilterProps) {
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(String(new FormData(event.currentTarget).get("value")).trim() || null);
      }}
    >
      <Field label={spec.label} className="flex-1">
        <Input name="value" defaultValue={value ?? ""} placeholder={spec.placeholder} autoComplete="off" />
      </Field>
      <Button type="submit">Apply</Button>
    </form>
  );
}
