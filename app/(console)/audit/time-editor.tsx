"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatDateTime } from "@/lib/format";

const PRESETS = { "1h": "last hour", "24h": "last 24 hours", "7d": "last 7 days", "30d": "last 30 days" };

/** "last 7 days", "1 Nov 2026, 09:00 – now". */
export function timeWords(value: string): string {
  const preset = PRESETS[value as keyof typeof PRESETS];
  if (preset) return preset;
  const [from = "", to = ""] = value.split("/");
  if ([from, to].some((bound) => bound !== ".." && Number.isNaN(Date.parse(bound)))) return value;
  const words = (bound: string, open: string) => (bound === ".." ? open : formatDateTime(bound, undefined, false));
  return `${words(from, "the beginning")} – ${words(to, "now")}`;
}

interface TimeEditorProps {
  value: string | null;
  onApply: (value: string | null) => void;
}

/** A preset, or a time of one's own from and to; both in the reader's time. */
export function TimeEditor({ value, onApply }: TimeEditorProps) {
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
          const [start, end] = [bound(given.get("from")), bound(given.get("to"))];
          onApply(start === ".." && end === ".." ? null : `${start}/${end}`);
        }}
      >
        <Field label="From">
          <Input name="from" type="datetime-local" defaultValue={localOf(from)} />
        </Field>
        <Field label="Until">
          <Input name="to" type="datetime-local" defaultValue={localOf(to)} />
        </Field>
        <Button type="submit" className="justify-self-end">
          Apply
        </Button>
      </form>
    </div>
  );
}

const bound = (local: FormDataEntryValue | null) => (local ? new Date(String(local)).toISOString() : "..");

/** What a datetime-local input takes: the reader's own time, without a zone. */
function localOf(iso: string | undefined): string | undefined {
  if (iso === undefined || iso === ".." || Number.isNaN(Date.parse(iso))) return undefined;
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
