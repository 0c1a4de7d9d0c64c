"use client";

import { toLocal } from "@/components/form-values";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatDateTime } from "@/lib/format";

const PRESETS = {
  "1h": "last hour",
  "24h": "last 24 hours",
  "7d": "last 7 days",
  "30d": "last 30 days",
  "90d": "last 90 days",
  "1y": "last year",
};

/** "last 7 days", "1 Nov 2026, 09:00 – now". */
export function timeWords(value: string, zone?: string): string {
  const preset = PRESETS[value as keyof typeof PRESETS];
  if (preset) return preset;
  const [from = "", to = ""] = value.split("/");
  if ([from, to].some((bound) => bound !== ".." && Number.isNaN(Date.parse(bound)))) return value;
  const words = (bound: string, open: string) => (bound === ".." ? open : formatDateTime(bound, zone, false));
  return `${words(from, "the beginning")} – ${words(to, "now")}`;
}

interface TimeEditorProps {
  value: string | null;
  /** "UTC", or the reader's own when left out. */
  zone?: string;
  onApply: (value: string | null) => void;
}

/** A preset, or a time of one's own from and to; both in the zone that the page shows. */
export function TimeEditor({ value, zone, onApply }: TimeEditorProps) {
  const [from, to] = value?.includes("/") ? value.split("/") : [];
  return (
    <div className="grid gap-3">
      <div className="-mx-1.5 -mt-1.5 grid">
        {[...Object.entries(PRESETS), [null, "all time"] as const].map(([preset, words]) => (
          <button
            key={words}
            type="button"
            aria-pressed={value === preset}
            onClick={() => onApply(preset)}
            className="rounded-1 px-1.5 py-1 text-left first-letter:uppercase hover:bg-hover aria-pressed:font-semi"
          >
            {words}
          </button>
        ))}
      </div>
      <form
        className="grid gap-2 border-t pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const [start, end] = [boundOf(given.get("from"), zone), boundOf(given.get("to"), zone)];
          onApply(start === ".." && end === ".." ? null : `${start}/${end}`);
        }}
      >
        <Field label={zone ? `From (${zone})` : "From"}>
          <Input name="from" type="datetime-local" defaultValue={inputOf(from, zone)} />
        </Field>
        <Field label={zone ? `Until (${zone})` : "Until"}>
          <Input name="to" type="datetime-local" defaultValue={inputOf(to, zone)} />
        </Field>
        <Button type="submit" className="justify-self-end">
          Apply
        </Button>
      </form>
    </div>
  );
}

/** The moment that a datetime-local input names in the zone. */
const boundOf = (given: FormDataEntryValue | null, zone?: string) =>
  given ? new Date(`${String(given)}${zone === "UTC" ? "Z" : ""}`).toISOString() : "..";

/** What a datetime-local input takes: a time without its zone. */
function inputOf(iso: string | undefined, zone?: string): string | undefined {
  if (iso === undefined || iso === ".." || Number.isNaN(Date.parse(iso))) return undefined;
  return zone === "UTC" ? new Date(iso).toISOString().slice(0, 16) : toLocal(iso);
}
