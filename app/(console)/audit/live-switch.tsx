"use client";

import { parseAsBoolean, useQueryStates, parseAsString } from "nuqs";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";

const KEYS = {
  live: parseAsBoolean.withDefault(false),
  cursor: parseAsString,
  sort: parseAsString,
  dir: parseAsString,
};

/** Whether new events appear by themselves: then the newest ones are shown, first page first. */
export function useLiveTail() {
  const [{ live, cursor, dir }, set] = useQueryStates(KEYS, { shallow: false, history: "replace", scroll: false });
  const isOn = live && cursor === null && dir !== "asc";
  return { isOn, toggle: () => void set(isOn ? { live: null } : { live: true, cursor: null, sort: null, dir: null }) };
}

export function LiveSwitch({ isOn, onToggle }: { isOn: boolean; onToggle: () => void }) {
  return (
    <Button variant="ghost" size="s" aria-pressed={isOn} onClick={onToggle}>
      <span
        aria-hidden
        className={cn("size-1.5 rounded-full", isOn ? "bg-ok motion-safe:animate-pulse" : "bg-line-strong")}
      />
      Live
    </Button>
  );
}
