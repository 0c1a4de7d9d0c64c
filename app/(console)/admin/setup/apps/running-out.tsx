"use client";

import { useNow } from "@/components/clock";
import { Status } from "@/components/ui/status";
import { timeLeft } from "./time-left";

/** A state that ends by itself: "Rotating · 1 d 22 h left". */
export function RunningOut({ before, until, after }: { before: string; until: string; after?: string }) {
  const now = useNow();
  return (
    <Status tone="warn">
      <span suppressHydrationWarning>{[before, timeLeft(until, now), after].filter(Boolean).join(" ")}</span>
    </Status>
  );
}
