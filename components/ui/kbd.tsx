import type { ComponentProps } from "react";
import { cn } from "@/components/cn";

export function Kbd({ className, ...rest }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn("rounded-[4px] border bg-surface px-[5px] py-px font-mono text-xs text-ink-3", className)}
      {...rest}
    />
  );
}
