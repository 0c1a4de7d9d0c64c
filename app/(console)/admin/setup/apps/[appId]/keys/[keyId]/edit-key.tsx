"use client";

import { KeyFields } from "@/app/(console)/admin/setup/apps/[appId]/key-fields";
import { EditKeyForm, toKeyForm } from "@/app/(console)/admin/setup/apps/[appId]/key-form";
import { useChange } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { changedFields } from "@/components/form-values";
import { Dialog } from "@/components/ui/dialog";
import type { KeyRecord } from "@/lib/keys/schema";

interface EditKeyProps {
  apiKey: KeyRecord;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function EditKey({ apiKey, open, onOpenChange }: EditKeyProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Edit ${apiKey.name}`}
      description="Limits apply to the next call. The value stays the same."
    >
      <EditForm apiKey={apiKey} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function EditForm({ apiKey, onDone }: { apiKey: KeyRecord; onDone: () => void }) {
  const change = useChange();
  const defaultValues = toKeyForm(apiKey);
  const form = useApiForm({
    schema: EditKeyForm,
    defaultValues,
    draftKey: `edit-key:${apiKey.ZUID}`,
    submit: async (values) => {
      const changed = changedFields(values, EditKeyForm.parse(defaultValues));
      if (changed) await change("PATCH", `/v1/keys/${apiKey.ZUID}`, changed);
      onDone();
    },
  });
  return (
    <Form form={form}>
      <KeyFields />
      <DialogActions>Save changes</DialogActions>
    </Form>
  );
}
