"use client";

import { useState } from "react";
import { useChange } from "@/components/change";
import { useNow } from "@/components/clock";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Time } from "@/components/ui/time";
import type { KeyRecord } from "@/lib/keys/schema";

const DAY = 86_400_000;
const REASONS = [
  { value: "leaked", label: "Leaked" },
  { value: "replaced", label: "Replaced by another key" },
  { value: "no longer needed", label: "No longer needed" },
  { value: "other", label: "Another reason" },
] as const;

interface RevokeKeyProps {
  apiKey: KeyRecord;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function RevokeKey({ apiKey, open, onOpenChange }: RevokeKeyProps) {
  const change = useChange();
  const now = useNow();
  const [reason, setReason] = useState<(typeof REASONS)[number]["value"]>();
  const [text, setText] = useState("");
  const { lastUsedAt, lastUsedIp } = apiKey;
  const isInUse = lastUsedAt !== null && now - Date.parse(lastUsedAt) < DAY;
  const given = reason === "other" ? text.trim() : reason;

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Revoke ${apiKey.name}?`}
      description="Every version is refused at once and for good. The record stays, with who revoked it, when and why."
      confirmLabel="Revoke key"
      danger
      typedName={isInUse ? apiKey.name : undefined}
      disabled={!given}
      onConfirm={() => change("DELETE", `/v1/keys/${apiKey.ZUID}`, { reason: given }).then(() => undefined)}
    >
      <p className={isInUse ? "rounded-2 bg-warn-soft px-3.5 py-2.5 text-s text-warn" : "text-s text-ink-2"}>
        {lastUsedAt === null ? (
          "No call with this key has been recorded."
        ) : (
          <>
            Last call <Time value={lastUsedAt} /> from {lastUsedIp}.{isInUse && " That caller will fail."}
          </>
        )}
      </p>
      <Field label="Why">
        <RadioGroup aria-label="Why" options={REASONS} value={reason} onValueChange={setReason} />
      </Field>
      {reason === "other" && (
        <Field label="Reason">
          <Input value={text} maxLength={300} autoFocus onChange={(event) => setText(event.target.value)} />
        </Field>
      )}
    </ConfirmDialog>
  );
}
