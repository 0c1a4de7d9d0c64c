"use client";

import { type ReactNode, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";

const REASONS = [
  { value: "leaked", label: "Leaked" },
  { value: "replaced", label: "Replaced by another" },
  { value: "no longer needed", label: "No longer needed" },
  { value: "other", label: "Another reason" },
] as const;

/** Why something is revoked: what was chosen or typed, once there is something, and the fields that ask for it. */
export function useReason(): { reason: string | undefined; fields: ReactNode } {
  const [chosen, setChosen] = useState<(typeof REASONS)[number]["value"]>();
  const [text, setText] = useState("");
  const fields = (
    <>
      <Field label="Why">
        <RadioGroup aria-label="Why" options={REASONS} value={chosen} onValueChange={setChosen} />
      </Field>
      {chosen === "other" && (
        <Field label="Reason">
          <Input value={text} maxLength={300} autoFocus onChange={(event) => setText(event.target.value)} />
        </Field>
      )}
    </>
  );
  return { reason: (chosen === "other" ? text.trim() : chosen) || undefined, fields };
}
