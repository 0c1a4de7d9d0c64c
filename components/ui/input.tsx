"use client";

import type { ComponentProps } from "react";
import { useIsHydrated } from "@/components/clock";
import { cn } from "@/components/cn";
import { useField } from "@/components/ui/field";

export const controlLook =
  "w-full min-w-0 rounded-1 border border-control bg-surface text-m text-ink placeholder:text-ink-3 aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-3 max-sm:text-l";

/** Not editable until the page has taken over: what is typed before that would be lost. */
export function Input({ className, readOnly, ...rest }: ComponentProps<"input">) {
  const isReadOnly = !useIsHydrated() || readOnly;
  return <input {...useField()} readOnly={isReadOnly} className={cn(controlLook, "h-8 px-2.5", className)} {...rest} />;
}
