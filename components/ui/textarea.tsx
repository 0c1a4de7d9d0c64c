"use client";

import type { ComponentProps } from "react";
import { cn } from "@/components/cn";
import { useField } from "@/components/ui/field";
import { controlLook } from "@/components/ui/input";

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...useField()}
      rows={rows}
      className={cn(controlLook, "field-sizing-content min-h-18 px-2.5 py-1.5", className)}
      {...rest}
    />
  );
}
