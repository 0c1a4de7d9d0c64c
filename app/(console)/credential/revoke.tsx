"use client";

import { useChange } from "@/components/change";
import { useNow } from "@/components/clock";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { CredentialUsage } from "@/lib/usage/schema";
import type { Credential } from "./credential";
import { useReason } from "./reason";

const DAY = 86_400_000;

interface RevokeProps {
  credential: Credential;
  usage: CredentialUsage;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function Revoke({ credential, usage, open, onOpenChange }: RevokeProps) {
  const change = useChange();
  const now = useNow();
  const { reason, fields } = useReason();
  const { name, lastUsedAt, lastUsedIp } = credential.record;
  const isInUse = lastUsedAt !== null && now - Date.parse(lastUsedAt) < DAY;

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Revoke ${name}?`}
      description="Every version is refused at once and for good. The record stays, with who revoked it, when and why."
      confirmLabel={`Revoke ${credential.noun}`}
      danger
      typedName={isInUse ? name : undefined}
      disabled={!reason}
      onConfirm={() => change("DELETE", credential.path, { reason }).then(() => undefined)}
    >
      <p className={isInUse ? "rounded-2 bg-warn-soft px-3.5 py-2.5 text-s text-warn" : "text-s text-ink-2"}>
        {lastUsedAt === null ? (
          `No call with this ${credential.noun} has been recorded.`
        ) : (
          <>
            {formatCount(usage.last24Hours.allowed, "call")} in the last 24 hours and{" "}
            {formatCount(usage.last30Days.allowed, "call")} in 30 days, from{" "}
            {formatCount(usage.callers.total, "address", "addresses")}. Last call <Time value={lastUsedAt} /> from{" "}
            {lastUsedIp}.{isInUse && " Those callers will fail."}
          </>
        )}
      </p>
      {fields}
    </ConfirmDialog>
  );
}
