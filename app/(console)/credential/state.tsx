"use client";

import { RunningOut } from "@/app/(console)/admin/setup/apps/running-out";
import { timeLeft } from "@/app/(console)/admin/setup/apps/time-left";
import { useNow } from "@/components/clock";
import { Status } from "@/components/ui/status";
import type { Credential } from "./credential";

interface StateProps {
  credential: Credential;
  /** What it is that is disabled, if not itself. */
  disabled?: string;
}

/** A credential's state as a dot and words that say how long it lasts. */
export function State({ credential, disabled = "Disabled" }: StateProps) {
  const now = useNow();
  const { record, notBefore, expiresAt } = credential;
  const overlapEnd = record.versions.find(({ status, endsAt }) => status === "live" && endsAt !== null)?.endsAt;
  switch (record.status) {
    case "revoked":
      return <Status tone="bad">Revoked</Status>;
    case "expired":
      return <Status>Expired</Status>;
    case "restored":
      return <Status tone="warn">Restored, to be confirmed</Status>;
    case "disabled":
      return <Status>{disabled}</Status>;
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
  if (notBefore && new Date(notBefore).getTime() > now) {
    return (
      <Status>
        <span suppressHydrationWarning>Starts in {timeLeft(notBefore, now)}</span>
      </Status>
    );
  }
  return record.status === "expiring" && expiresAt ? (
    <RunningOut before="Expires in" until={expiresAt} />
  ) : (
    <Status tone="ok">Active</Status>
  );
}
