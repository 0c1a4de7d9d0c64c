"use client";

import { useState } from "react";
import { useCreateOnce } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { RevealOnce } from "@/components/reveal-once";
import { Dialog } from "@/components/ui/dialog";
import { formatDateTime } from "@/lib/format";
import type { KeyRecord } from "@/lib/keys/schema";
import type { RotationPolicy } from "./key-dialogs";
import { defaultOverlap, OverlapField, overlapForm } from "./overlap";

interface RotateKeyProps {
  apiKey: KeyRecord;
  policy: RotationPolicy;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

interface Rotated {
  record: KeyRecord;
  secret: string;
}

export function RotateKey({ apiKey, policy, open, onOpenChange }: RotateKeyProps) {
  const [rotated, setRotated] = useState<Rotated>();
  const show = (result: Rotated) => {
    onOpenChange(false);
    setRotated(result);
  };
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        title={`Rotate ${apiKey.name}`}
        description="The key gets a new value and keeps its id, name, limits and history."
      >
        <RotateForm apiKey={apiKey} policy={policy} onDone={show} />
      </Dialog>
      <RevealOnce
        value={rotated?.secret}
        onClose={() => setRotated(undefined)}
        title={`v${rotated?.record.version} generated`}
        noun="key"
        note={rotated && noteOf(rotated.record)}
        example={{ authorization: "apikey", path: "/v1/centers" }}
      />
    </>
  );
}

/** "v1 works until 28 Nov 2026, 14:20" */
function noteOf({ versions }: KeyRecord): string | undefined {
  const [, old] = versions;
  if (!old?.endsAt) return undefined;
  return old.status === "ended"
    ? `v${old.version} is refused from now on`
    : `v${old.version} works until ${formatDateTime(old.endsAt, undefined, false)}`;
}

interface RotateFormProps {
  apiKey: KeyRecord;
  policy: RotationPolicy;
  onDone: (result: Rotated) => void;
}

function RotateForm({ apiKey, policy, onDone }: RotateFormProps) {
  const createOnce = useCreateOnce<KeyRecord>("key");
  const form = useApiForm({
    schema: overlapForm(policy.maxHours),
    defaultValues: defaultOverlap(policy.defaultHours),
    submit: async (values) => onDone(await createOnce(`/v1/keys/${apiKey.ZUID}/rotations`, values)),
  });
  return (
    <Form form={form}>
      <OverlapField
        label={`When v${apiKey.version} ends`}
        hasNow
        version={apiKey.version}
        maxHours={policy.maxHours}
        expiresAt={apiKey.expiresAt}
      />
      <DialogActions remark="The new value is shown once.">Rotate</DialogActions>
    </Form>
  );
}
