"use client";

import { useWatch } from "react-hook-form";
import { LimitFields } from "@/app/(console)/credential/limit-fields";
import { useNow } from "@/components/clock";
import { TextareaField, TextField } from "@/components/form-fields";
import { SelectField } from "@/components/select-field";
import { type KeyForm, reachOfForm } from "./key-form";
import { reachPhrases } from "@/app/(console)/credential/words";

const EXPIRIES = [
  { value: "never", label: "Never" },
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "at", label: "At a date and time…" },
];

/** What a key is and what limits it, with the limits said back in a sentence. */
export function KeyFields() {
  const form = useWatch<KeyForm>() as KeyForm;
  return (
    <>
      <TextField
        name="name"
        label="Name"
        required
        autoFocus
        autoComplete="off"
        hint="Where it is used: Production, Front desk Seattle."
      />
      <TextareaField name="description" label="Purpose" optional rows={2} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <SelectField name="expiry" label="Expires" options={EXPIRIES} />
        {form.expiry === "at" && <TextField name="expiresAt" label="Expires at" type="datetime-local" required />}
        <TextField name="notBefore" label="Not before" optional type="datetime-local" hint="Refused until then." />
      </div>
      <LimitFields />
      <Preview form={form} />
    </>
  );
}

function Preview({ form }: { form: KeyForm }) {
  const now = useNow();
  const reach = reachOfForm(form);
  const isReadable = (time: string | null) => time === null || !Number.isNaN(Date.parse(time));
  if (!isReadable(reach.expiresAt) || !isReadable(reach.notBefore)) return null;
  const rate = reach.rateLimit;
  const sentence = reachPhrases({ ...reach, rateLimit: rate && rate.requests > 0 ? rate : null }, now).join("; ");
  return (
    <p role="status" className="rounded-2 border bg-sunken px-3.5 py-2.5 text-s text-ink-2 first-letter:uppercase">
      {sentence}.
    </p>
  );
}
