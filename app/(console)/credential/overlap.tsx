"use client";

import { useWatch } from "react-hook-form";
import { z } from "zod";
import { useNow } from "@/components/clock";
import { TextField } from "@/components/form-fields";
import { formRequest } from "@/components/form-request";
import { RadioField } from "@/components/radio-field";
import { formatDateTime, formatDuration } from "@/lib/format";

const HOUR = 3_600_000;

/** How long two versions of a credential live side by side: a preset in hours, or another number of them. */
export type OverlapForm = { overlap: string; overlapHours: string };

/** At most so many hours from now: what the policy leaves. */
export const overlapForm = (maxHours: number) => {
  const range = `must be a number of hours from 0 to ${Math.floor(maxHours)}`;
  const request = z.strictObject({ overlapHours: z.number(range).min(0, range).max(maxHours, range) });
  return formRequest(request, (form: OverlapForm) => ({ overlapHours: hoursOf(form) }));
};

const hoursOf = ({ overlap, overlapHours }: OverlapForm) =>
  overlap !== "other" ? Number(overlap) : overlapHours.trim() === "" ? NaN : Number(overlapHours);

const PRESETS = [
  { hours: 0, label: "Now" },
  { hours: 1, label: "In 1 hour" },
  { hours: 24, label: "In 24 hours" },
  { hours: 168, label: "In 7 days" },
];

export const defaultOverlap = (hours: number): OverlapForm =>
  PRESETS.some((preset) => preset.hours === hours)
    ? { overlap: String(hours), overlapHours: "" }
    : { overlap: "other", overlapHours: String(hours) };

interface OverlapFieldProps {
  label: string;
  /** Extending to now would be finishing. */
  hasNow: boolean;
  /** The version that ends, for the sentence on what that means. */
  version: number;
  maxHours: number;
  noun: string;
  /** The credential's own end, past which no version lives. */
  expiresAt: string | null;
}

export function OverlapField({ label, hasNow, version, maxHours, noun, expiresAt }: OverlapFieldProps) {
  const form = useWatch<OverlapForm>() as OverlapForm;
  const presets = PRESETS.filter(({ hours }) => hasNow || hours > 0);
  return (
    <>
      <RadioField
        name="overlap"
        label={label}
        options={[
          ...presets.map(({ hours, label }) => ({
            value: String(hours),
            label,
            disabled: hours > maxHours,
            hint: hours > maxHours ? "Longer than the policy allows." : undefined,
          })),
          { value: "other", label: "Another time" },
        ]}
      />
      {form.overlap === "other" && (
        <TextField
          name="overlapHours"
          label="Hours from now"
          inputMode="decimal"
          autoComplete="off"
          required
          hint={`At most ${formatDuration(maxHours * HOUR)}, by the policy of the organization.`}
          className="max-w-40"
        />
      )}
      <Consequence hours={hoursOf(form)} version={version} noun={noun} expiresAt={expiresAt} />
    </>
  );
}

interface ConsequenceProps extends Pick<OverlapFieldProps, "version" | "noun" | "expiresAt"> {
  hours: number;
}

function Consequence({ hours, version, noun, expiresAt }: ConsequenceProps) {
  const now = useNow();
  if (!(hours >= 0 && hours <= 8760)) return null;
  const chosen = now + hours * HOUR;
  const end = expiresAt ? Math.min(chosen, Date.parse(expiresAt)) : chosen;
  return (
    <p role="status" className="rounded-2 border bg-sunken px-3.5 py-2.5 text-s text-ink-2">
      {hours === 0
        ? `v${version} is refused at once: every caller that still has it fails until it has the new value.`
        : `Both values work until ${formatDateTime(end, undefined, false)}; then v${version} is refused.`}
      {end < chosen && ` The ${noun} itself expires then.`}
    </p>
  );
}
