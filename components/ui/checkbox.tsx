"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "@/components/cn";

interface CheckboxProps extends Omit<ComponentProps<typeof Radix.Root>, "children"> {
  label?: ReactNode;
  hint?: ReactNode;
}

/** With a label the whole line is the target; without one give `aria-label`. */
export function Checkbox({ label, hint, className, id, ...rest }: CheckboxProps) {
  const own = useId();
  const hintId = hint ? `${own}-hint` : undefined;
  const box = (
    <Radix.Root
      id={id ?? own}
      aria-describedby={hintId}
      className={cn(
        "grid size-4 shrink-0 place-items-center rounded-[4px] border-[1.5px] border-control bg-surface disabled:opacity-45 data-[state=checked]:border-ink data-[state=checked]:bg-ink data-[state=indeterminate]:border-ink data-[state=indeterminate]:bg-ink",
        "relative after:absolute after:-inset-1.5",
        className,
      )}
      {...rest}
    >
      <Radix.Indicator className="text-on-ink">
        {rest.checked === "indeterminate" ? (
          <Minus aria-hidden className="size-3" strokeWidth={3} />
        ) : (
          <Check aria-hidden className="size-3" strokeWidth={3} />
        )}
      </Radix.Indicator>
    </Radix.Root>
  );
  if (!label) return box;
  return (
    <div className="flex min-h-6 items-start gap-2.5">
      <span className="flex h-5 items-center">{box}</span>
      <div>
        <label htmlFor={id ?? own}>{label}</label>
        {hint && (
          <p id={hintId} className="text-xs text-ink-3">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
