import type { ComponentProps, ReactNode } from "react";

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

export interface FilterProps {
  spec: FilterSpec;
  value: string | null;
  onChange: (value: string | null) => void;
}

const ANY = "any";
const chip =
  "inline-flex h-6.5 items-center gap-1.5 rounded-full border bg-surface px-2.5 text-s text-ink-2 hover:bg-hover data-[state=open]:bg-hover";

/** What is filtered by, and what for. */
export function FilterButton({
  spec,
  value,
  onChange: _,
  ...rest
}: FilterProps & Omit<ComponentProps<"button">, keyof FilterProps>) {
  const option = spec.options?.find((each) => each.value === value)?.label;
  const shown = value === null ? ANY : (option ?? spec.display?.(value) ?? value);
  return (
    <button type="button" {...rest} className={value ? `${chip} rounded-r-none border-r-0 pr-1` : chip}>
      {spec.label} <b className="max-w-48 truncate font-medium text-ink">{shown}</b>
    </button>
  );
}
