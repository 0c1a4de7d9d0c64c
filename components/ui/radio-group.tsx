"use client";

import { RadioGroup as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";
import { cn } from "@/components/cn";
import { useField } from "@/components/ui/field";

interface RadioGroupProps<T extends string> {
  options: readonly { value: T; label: ReactNode; hint?: ReactNode; disabled?: boolean }[];
  value?: T;
  onValueChange?: (value: T) => void;
  disabled?: boolean;
  className?: string;
  "aria-label"?: string;
}

export function RadioGroup<T extends string>({ options, onValueChange, className, ...rest }: RadioGroupProps<T>) {
  const base = useId();
  return (
    <Radix.Root
      {...useField()}
      {...rest}
      onValueChange={onValueChange && ((next) => onValueChange(next as T))}
      className={cn("grid gap-2", className)}
    >
      {options.map(({ value, label, hint, disabled }) => (
        <div key={value} className="flex min-h-6 items-start gap-2.5">
          <span className="flex h-5 items-center">
            <Radix.Item
              id={`${base}-${value}`}
              value={value}
              disabled={disabled}
              aria-describedby={hint ? `${base}-${value}-hint` : undefined}
              className="relative grid size-4 shrink-0 place-items-center rounded-full border-[1.5px] border-control bg-surface after:absolute after:-inset-1.5 disabled:opacity-45 data-[state=checked]:border-ink"
            >
              <Radix.Indicator className="size-2 rounded-full bg-ink" />
            </Radix.Item>
          </span>
          <div>
            <label htmlFor={`${base}-${value}`} className={cn(disabled && "text-ink-3")}>
              {label}
            </label>
            {hint && (
              <p id={`${base}-${value}-hint`} className="text-xs text-ink-3">
                {hint}
              </p>
            )}
          </div>
        </div>
      ))}
    </Radix.Root>
  );
}
