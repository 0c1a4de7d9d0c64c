"use client";

import { useChange } from "@/components/change";
import { useNow } from "@/components/clock";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { Dialog } from "@/components/ui/dialog";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { Credential, RotationPolicy } from "./credential";
import { defaultOverlap, OverlapField, overlapForm } from "./overlap";

const HOUR = 3_600_000;

interface ExtendRotationProps {
  credential: Credential;
  successor: VersionRecord;
  predecessor: VersionRecord;
  policy: RotationPolicy;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function ExtendRotation({ open, onOpenChange, ...rest }: ExtendRotationProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Move the end of v${rest.predecessor.version}`}
      description="Counted from now. It can be later or earlier than planned."
    >
      <ExtendForm {...rest} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

type ExtendFormProps = Omit<ExtendRotationProps, "open" | "onOpenChange"> & { onDone: () => void };

function ExtendForm({ credential, successor, predecessor, policy, onDone }: ExtendFormProps) {
  const change = useChange();
  const now = useNow();
  const elapsedHours = (now - Date.parse(successor.createdAt)) / HOUR;
  const maxHours = Math.max(0, policy.maxHours - elapsedHours);
  const form = useApiForm({
    schema: overlapForm(maxHours),
    defaultValues: defaultOverlap(maxHours >= 24 ? 24 : 1),
    submit: async (values) => {
      await change("PATCH", `${credential.path}/rotations/current`, values);
      onDone();
    },
  });
  return (
    <Form form={form}>
      <OverlapField
        label={`When v${predecessor.version} ends`}
        hasNow={false}
        version={predecessor.version}
        maxHours={maxHours}
        noun={credential.noun}
        expiresAt={credential.expiresAt}
      />
      <DialogActions>Move the end</DialogActions>
    </Form>
  );
}
