"use client";

import { type ReactNode, useId } from "react";
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

export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
  const { options, value: chosen, onValueChange, disabled: isOff, className, ...rest } = props;
  const base = useId();
  return (
    <div role="radiogroup" {...useField()} {...rest} className={cn("grid gap-2", className)}>
      {options.map(({ value, label, hint, disabled }) => (
        <div key={value} className="flex min-h-6 items-start gap-2.5">
          <span className="flex h-5 items-center">
            <input
              type="radio"
              id={`${base}-${value}`}
              name={base}
              value={value}
              checked={value === chosen}
              onChange={() => onValueChange?.(value)}
              disabled={isOff || disabled}
              aria-describedby={hint ? `${base}-${value}-hint` : undefined}
              className="relative size-4 shrink-0 appearance-none rounded-full border-[1.5px] border-control bg-surface bg-[radial-gradient(circle,var(--ink)_4px,transparent_4.5px)] bg-[length:0_0] bg-center bg-no-repeat after:absolute after:-inset-1.5 checked:border-ink checked:bg-[length:100%_100%] disabled:opacity-45"
            />
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
    </div>
  );
}
