"use client";

import { useState } from "react";
import { useChange } from "@/components/change";
import { useNow } from "@/components/clock";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Time } from "@/components/ui/time";
import type { Credential } from "./credential";

const DAY = 86_400_000;
const REASONS = [
  { value: "leaked", label: "Leaked" },
  { value: "replaced", label: "Replaced by another" },
  { value: "no longer needed", label: "No longer needed" },
  { value: "other", label: "Another reason" },
] as const;

interface RevokeProps {
  credential: Credential;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function Revoke({ credential, open, onOpenChange }: RevokeProps) {
  const change = useChange();
  const now = useNow();
  const [reason, setReason] = useState<(typeof REASONS)[number]["value"]>();
  const [text, setText] = useState("");
  const { name, lastUsedAt, lastUsedIp } = credential.record;
  const isInUse = lastUsedAt !== null && now - Date.parse(lastUsedAt) < DAY;
  const given = reason === "other" ? text.trim() : reason;

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Revoke ${name}?`}
      description="Every version is refused at once and for good. The record stays, with who revoked it, when and why."
      confirmLabel={`Revoke ${credential.noun}`}
      danger
      typedName={isInUse ? name : undefined}
      disabled={!given}
      onConfirm={() => change("DELETE", credential.path, { reason: given }).then(() => undefined)}
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
