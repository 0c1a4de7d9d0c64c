"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Button } from "@/components/ui/button";

const parser = parseAsStringLiteral(["local", "utc"])
  .withDefault("local")
  .withOptions({ history: "replace", scroll: false });

/** In which zone times are shown and given: the address says it, so that who shares it shares what they see. */
export const useZone = () => useQueryState("zone", parser);

export function ZoneSwitch() {
  const [zone, setZone] = useZone();
  return (
    <Button
      variant="ghost"
      size="s"
      aria-pressed={zone === "utc"}
      onClick={() => void setZone(zone === "utc" ? null : "utc")}
      title={zone === "utc" ? "Show times in your own zone" : "Show times in UTC"}
    >
      {zone === "utc" ? "UTC" : "Local time"}
    </Button>
  );
}
