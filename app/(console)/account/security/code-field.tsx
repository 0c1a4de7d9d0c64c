"use client";

import type { ReactNode } from "react";
import { TextField } from "@/components/form-fields";

/** A code of an authenticator: phones offer digits, and browsers the one that just came in. Pasting is welcome. */
export function CodeField({ label, hint }: { label: string; hint?: ReactNode }) {
  return (
    <TextField
      name="code"
      label={label}
      hint={hint}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      className="font-mono"
    />
  );
}
