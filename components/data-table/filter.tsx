"use client";

import { X } from "lucide-react";
import { useState, type ReactNode } from "react";
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

export interface FilterSpec {
  /** The key in the address. */
  key: string;
  label: string;
  /** A fixed choice; without it any text can be given. */
  options?: readonly { value: string; label: string }[];
  placeholder?: string;
  /** Behind "Filter" until it is set. */
  isOptional?: boolean;
  /** What the chip says for a value: the name behind an id. */
  display?: (value: string) => string;
  /** Another editor than a choice or a text. */
  editor?: (value: string | null, apply: (value: string | null) => void) => ReactNode;
}

interface FilterProps {
  spec: FilterSpec;
  value: string | null;
  onChange: (value: string | null) => void;
  defaultOpen?: boolean;
}

const ANY = "any";
const chip =
  "inline-flex h-6.5 items-center gap-1.5 rounded-full border bg-surface px-2.5 text-s text-ink-2 hover:bg-hover data-[state=open]:bg-hover";

export function Filter({ spec, value, onChange, defaultOpen }: FilterProps) {
  const option = spec.options?.find((each) => each.value === value)?.label;
  const shown = value === null ? ANY : (option ?? spec.display?.(value) ?? value);
  const trigger = (
    <button type="button" className={value ? `${chip} rounded-r-none border-r-0 pr-1` : chip}>
      {spec.label} <b className="max-w-48 truncate font-medium text-ink">{shown}</b>
    </button>
  );
  return (
    <span className="inline-flex">
      {spec.options ? (
        <DropdownMenu defaultOpen={defaultOpen}>
          <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
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
      ) : (
        <EditedFilter {...{ spec, value, onChange, defaultOpen, trigger }} />
      )}
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

function EditedFilter({ spec, value, onChange, defaultOpen = false, trigger }: FilterProps & { trigger: ReactNode }) {
  const [isOpen, setOpen] = useState(defaultOpen);
  const apply = (next: string | null) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen} trigger={trigger} label={spec.label}>
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
