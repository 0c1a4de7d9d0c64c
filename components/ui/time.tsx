"use client";

import { useIsHydrated, useNow } from "@/components/clock";
import { cn } from "@/components/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { formatDateTime, formatMoment, formatRelative, type Instant } from "@/lib/format";

interface TimeProps {
  value: Instant | null | undefined;
  /** What to say when there is no time yet. */
  none?: string;
  /** Absolute shows the date and time itself instead of the distance. */
  absolute?: boolean;
  /** Precise shows it to the millisecond. */
  precise?: boolean;
  /** Another zone than the reader's own: "UTC". */
  zone?: string;
  /** Inside table rows give -1, so that Tab goes from row to row. */
  tabIndex?: number;
  className?: string;
}

/** A distance in time; hovering or focusing it tells the moment, local and UTC. */
export function Time({ value, none = "never", absolute, precise, zone: asked, tabIndex = 0, className }: TimeProps) {
  const isHydrated = useIsHydrated();
  const now = useNow();
  if (value === null || value === undefined) return <span className={cn("text-ink-3", className)}>{none}</span>;
  const zone = asked ?? (isHydrated ? undefined : "UTC");
  const iso = new Date(value).toISOString();
  return (
    <Tooltip content={<Moment value={value} />}>
      <time
        dateTime={iso}
        tabIndex={tabIndex}
        suppressHydrationWarning
        className={cn("rounded-[2px] whitespace-nowrap tabular-nums", className)}
      >
        {precise
          ? formatMoment(value, now, zone)
          : absolute
            ? formatDateTime(value, zone, false)
            : formatRelative(value, now, zone)}
      </time>
    </Tooltip>
  );
}

const Moment = ({ value }: { value: Instant }) => (
  <>
    {formatDateTime(value)} local
    <br />
    {formatDateTime(value, "UTC")} UTC
  </>
);
