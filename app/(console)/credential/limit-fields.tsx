"use client";

import { useWatch } from "react-hook-form";
import { TextareaField, TextField } from "@/components/form-fields";
import { SelectField } from "@/components/select-field";
import type { LimitForm } from "./limit-form";

const WINDOWS = [
  { value: "1", label: "per second" },
  { value: "60", label: "per minute" },
  { value: "3600", label: "per hour" },
  { value: "86400", label: "per day" },
];

/** From where it works, and how often. */
export function LimitFields() {
  const form = useWatch<LimitForm>() as LimitForm;
  const windows = WINDOWS.some(({ value }) => value === form.rateSeconds)
    ? WINDOWS
    : [...WINDOWS, { value: form.rateSeconds, label: `per ${form.rateSeconds} seconds` }];
  return (
    <>
      <TextareaField
        name="allowedCidrs"
        label="Works only from"
        optional
        hint="Addresses or networks, one per line: 203.0.113.7, 203.0.113.0/24, 2001:db8::/32. Empty: from anywhere."
        className="font-mono text-xs"
        spellCheck={false}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          name="rateLimit"
          label="At most this many requests"
          optional
          inputMode="numeric"
          autoComplete="off"
          hint="Empty: no limit."
        />
        <SelectField name="rateSeconds" label="Counted" options={windows} disabled={form.rateLimit.trim() === ""} />
      </div>
    </>
  );
}
