"use client";

import { Check, Minus } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "@/components/cn";

interface CheckboxProps extends Omit<ComponentProps<"input">, "checked" | "onChange" | "type"> {
  checked: boolean | "indeterminate";
  onCheckedChange: (isOn: boolean) => void;
  label?: ReactNode;
  hint?: ReactNode;
}

const mark = "pointer-events-none absolute m-0.5 hidden size-3 text-on-ink";

/** With a label the whole line is the target; without one give `aria-label`. */
export function Checkbox({ checked, onCheckedChange, label, hint, className, id, ...rest }: CheckboxProps) {
  const own = useId();
  const hintId = hint ? `${own}-hint` : undefined;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = checked === "indeterminate";
  }, [checked]);
  const box = (
    <span className={cn("relative grid size-4 shrink-0", className)}>
      <input
        ref={input}
        type="checkbox"
        id={id ?? own}
        aria-describedby={hintId}
        checked={checked === true}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className="peer relative size-4 appearance-none rounded-[4px] border-[1.5px] border-control bg-surface after:absolute after:-inset-1.5 checked:border-ink checked:bg-ink indeterminate:border-ink indeterminate:bg-ink disabled:opacity-45"
        {...rest}
      />
      <Check aria-hidden strokeWidth={3} className={cn(mark, "peer-checked:block")} />
      <Minus aria-hidden strokeWidth={3} className={cn(mark, "peer-indeterminate:block")} />
    </span>
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
