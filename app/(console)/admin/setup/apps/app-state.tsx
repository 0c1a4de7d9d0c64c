"use client";

import { Status } from "@/components/ui/status";
import type { AppRecord } from "@/lib/apps/schema";
import { RunningOut } from "./running-out";

/** What an app's state comes down to: whether it is enabled, else what one of its keys is about to do. */
export function AppState({ app }: { app: Pick<AppRecord, "status" | "rotatingUntil" | "expiringAt"> }) {
  if (app.status === "disabled") return <Status>Disabled</Status>;
  if (app.rotatingUntil) return <RunningOut before="Rotating ·" until={app.rotatingUntil} after="left" />;
  if (app.expiringAt) return <RunningOut before="Expires in" until={app.expiringAt} />;
  return <Status tone="ok">Active</Status>;
}
