"use client";

import { useState } from "react";
import { useCreateOnce } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { RevealOnce } from "@/components/reveal-once";
import { Dialog } from "@/components/ui/dialog";
import { formatDateTime } from "@/lib/format";
import type { CredentialRecord } from "@/lib/credentials/schema";
import type { Credential, RotationPolicy } from "./credential";
import { defaultOverlap, OverlapField, overlapForm } from "./overlap";

interface RotateProps {
  credential: Credential;
  policy: RotationPolicy;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

interface Rotated {
  record: CredentialRecord;
  secret: string;
}

export function Rotate({ credential, policy, open, onOpenChange }: RotateProps) {
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
        title={`Rotate ${credential.record.name}`}
        description={`The ${credential.noun} gets a new value and keeps its id, name, limits and history.`}
      >
        <RotateForm credential={credential} policy={policy} onDone={show} />
      </Dialog>
      <RevealOnce
        value={rotated?.secret}
        onClose={() => setRotated(undefined)}
        title={`v${rotated?.record.version} generated`}
        noun={credential.noun}
        note={rotated && noteOf(rotated.record)}
        example={{
          authorization: credential.scheme,
          path: credential.scheme === "bearer" ? "/v1/token" : "/v1/centers",
        }}
      />
    </>
  );
}

/** "v1 works until 28 Nov 2026, 14:20" */
function noteOf({ versions }: CredentialRecord): string | undefined {
  const [, old] = versions;
  if (!old?.endsAt) return undefined;
  return old.status === "ended"
    ? `v${old.version} is refused from now on`
    : `v${old.version} works until ${formatDateTime(old.endsAt, undefined, false)}`;
}

interface RotateFormProps {
  credential: Credential;
  policy: RotationPolicy;
  onDone: (result: Rotated) => void;
}

function RotateForm({ credential, policy, onDone }: RotateFormProps) {
  const createOnce = useCreateOnce<CredentialRecord>(credential.noun);
  const form = useApiForm({
    schema: overlapForm(policy.maxHours),
    defaultValues: defaultOverlap(policy.defaultHours),
    submit: async (values) => onDone(await createOnce(`${credential.path}/rotations`, values)),
  });
  return (
    <Form form={form}>
      <OverlapField
        label={`When v${credential.record.version} ends`}
        hasNow
        version={credential.record.version}
        maxHours={policy.maxHours}
        noun={credential.noun}
        expiresAt={credential.expiresAt}
      />
      <DialogActions remark="The new value is shown once.">Rotate</DialogActions>
    </Form>
  );
}
