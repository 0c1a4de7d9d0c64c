"use client";

import { useState } from "react";
import { useChange, useCreateOnce } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { changedFields } from "@/components/form-values";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { OVERLAP_HOURS, type StreamRecord, UpdateStream } from "@/lib/streams/schema";
import { AddressField, CertificateField } from "./stream-form";
import { StreamSecret } from "./stream-secret";

export type StreamDialog = "edit" | "rotate" | "delete";

interface StreamDialogsProps {
  dialog?: StreamDialog;
  stream: StreamRecord;
  close: () => void;
  onDeleted: () => void;
}

export function StreamDialogs({ dialog, stream, close, onDeleted }: StreamDialogsProps) {
  const change = useChange();
  const createOnce = useCreateOnce<StreamRecord>("secret");
  const [secret, setSecret] = useState<string>();
  const onOpenChange = (isOpen: boolean) => !isOpen && close();
  const path = `/v1/streams/${stream.ZUID}`;
  return (
    <>
      <Dialog open={dialog === "edit"} onOpenChange={onOpenChange} title={`Edit ${stream.name}`}>
        <EditForm stream={stream} onDone={close} />
      </Dialog>
      <ConfirmDialog
        open={dialog === "rotate"}
        onOpenChange={onOpenChange}
        title="Rotate the secret?"
        description={`For ${OVERLAP_HOURS} hours every delivery is signed with both, so that your receiver can change over.`}
        confirmLabel="Rotate secret"
        onConfirm={async () => setSecret((await createOnce(`${path}/secret`, {})).secret)}
      />
      <ConfirmDialog
        open={dialog === "delete"}
        onOpenChange={onOpenChange}
        danger
        title={`Delete ${stream.name}?`}
        description="Nothing is sent there any more, and the record of its deliveries is gone. The trail itself stays."
        confirmLabel="Delete stream"
        onConfirm={async () => {
          await change("DELETE", path, {});
          onDeleted();
        }}
      />
      <StreamSecret title="Secret rotated" value={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}

const Request = UpdateStream.omit({ paused: true });

function EditForm({ stream, onDone }: { stream: StreamRecord; onDone: () => void }) {
  const change = useChange();
  const { name, url, certificate, kind } = stream;
  const form = useApiForm({
    schema: Request,
    defaultValues: { name, url, certificate: certificate ?? "" },
    draftKey: `edit-stream:${stream.ZUID}`,
    submit: async (values) => {
      const changed = changedFields<UpdateStream>(values, { name, url, certificate });
      if (changed) await change("PATCH", `/v1/streams/${stream.ZUID}`, changed);
      onDone();
    },
  });
  return (
    <Form form={form}>
      <TextField name="name" label="Name" required autoComplete="off" />
      <AddressField kind={kind} />
      <CertificateField />
      <DialogActions>Save changes</DialogActions>
    </Form>
  );
}
