"use client";

import { RunningOut } from "@/app/(console)/admin/setup/apps/running-out";
import { timeLeft } from "@/app/(console)/admin/setup/apps/time-left";
import { useNow } from "@/components/clock";
import { Status } from "@/components/ui/status";
import type { KeyRecord } from "@/lib/keys/schema";

/** A key's state as a dot and words that say how long it lasts. */
export function KeyState({ apiKey }: { apiKey: KeyRecord }) {
  const now = useNow();
  const overlapEnd = apiKey.versions.find(({ status, endsAt }) => status === "live" && endsAt !== null)?.endsAt;
  switch (apiKey.status) {
    case "revoked":
      return <Status tone="bad">Revoked</Status>;
    case "expired":
      return <Status>Expired</Status>;
    case "disabled":
      return <Status>{apiKey.enabled ? "App disabled" : "Disabled"}</Status>;
    case "rotating":
      return overlapEnd ? (
        <RunningOut before="Rotating ·" until={overlapEnd} after="left" />
      ) : (
        <Status tone="warn">Rotating</Status>
      );
    case "expiring":
    case "active":
      break;
  }
  if (apiKey.notBefore && new Date(apiKey.notBefore).getTime() > now) {
    return (
      <Status>
        <span suppressHydrationWarning>Starts in {timeLeft(apiKey.notBefore, now)}</span>
      </Status>
    );
  }
  return apiKey.status === "expiring" && apiKey.expiresAt ? (
    <RunningOut before="Expires in" until={apiKey.expiresAt} />
  ) : (
    <Status tone="ok">Active</Status>
  );
}
