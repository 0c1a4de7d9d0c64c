"use client";

import { useIsHydrated } from "@/components/clock";

/** The address of this server, for examples. */
export function Origin() {
  return useIsHydrated() ? location.origin : "";
}
