import { ChevronDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/cn";
import { useField } from "@/components/ui/field";
import { controlLook } from "@/components/ui/input";

export interface SelectOption<T extends string = string> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<T extends string = string> {
  options: readonly SelectOption<T>[];
  value?: T;
  onValueChange?: (value: T) => void;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
  "aria-label"?: string;
}

type SelectButtonProps = SelectProps & Omit<ComponentProps<"button">, keyof SelectProps>;

/** What is chosen; `children` is that as the list knows it, once there is one. */
export function SelectButton({
  options,
  value,
  onValueChange: _,
  placeholder,
  className,
  children,
  ...rest
}: SelectButtonProps) {
  const chosen = options.find((option) => option.value === value);
  return (
    <button
      type="button"
      role="combobox"
      {...(chosen ? {} : { "data-placeholder": "" })}
      {...useField()}
      {...rest}
      aria-haspopup="listbox"
      className={cn(
        controlLook,
        "flex h-8 items-center justify-between gap-2 px-2.5 text-left data-placeholder:text-ink-3",
        className,
      )}
    >
      <span className="truncate">{children ?? chosen?.label ?? placeholder}</span>
      <ChevronDown aria-hidden className="size-4 text-ink-3" />
    </button>
  );
}
