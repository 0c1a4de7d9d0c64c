"use client";

import { useQueryStates, parseAsString } from "nuqs";
import { use, useTransition } from "react";
import { Histogram } from "@/components/charts/histogram";
import { useIsHydrated, useNow } from "@/components/clock";
import type { Histogram as Counts } from "@/lib/audit/schema";
import { formatCount, formatDateTime } from "@/lib/format";
import { useZone } from "./zone";

/** When the events of the filter happened; what is chosen in it becomes the time range. */
export function TrailHistogram({ counted }: { counted: Promise<Counts> }) {
  const { from, stepSeconds, counts } = use(counted);
  const [zone] = useZone();
  const isHydrated = useIsHydrated();
  const now = useNow();
  const [isPending, startTransition] = useTransition();
  const [, setQuery] = useQueryStates(
    { time: parseAsString, cursor: parseAsString },
    { shallow: false, history: "push", scroll: false, startTransition },
  );
  if (counts === null) {
    return (
      <p className="mb-3 flex h-14 items-center text-s text-ink-3">
        Too many names have this text for a chart. Give more of it, or narrow the time.
      </p>
    );
  }
  const begin = Date.parse(from);
  const at = (span: number) => new Date(begin + span * stepSeconds * 1000).toISOString();
  const shown = (span: number) => {
    const instant = at(span);
    if (Date.parse(instant) > now) return "now";
    return formatDateTime(instant, zone === "utc" || !isHydrated ? "UTC" : undefined, false);
  };
  const sum = (first: number, last: number) => counts.slice(first, last + 1).reduce((all, count) => all + count, 0);
  return (
    <div className={isPending ? "mb-3 opacity-60" : "mb-3"}>
      <Histogram
        counts={counts}
        label="Events over time"
        say={(first, last) => `${shown(first)} – ${shown(last + 1)}: ${formatCount(sum(first, last), "event")}`}
        onZoom={(first, last) => void setQuery({ time: `${at(first)}/${at(last + 1)}`, cursor: null })}
      />
      <div className="mt-1 flex justify-between text-xs text-ink-3 tabular-nums" suppressHydrationWarning>
        <span suppressHydrationWarning>{shown(0)}</span>
        <span suppressHydrationWarning>{shown(counts.length)}</span>
      </div>
    </div>
  );
}
