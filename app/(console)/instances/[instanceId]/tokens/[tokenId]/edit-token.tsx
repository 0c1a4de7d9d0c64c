"use client";

import { LimitFields } from "@/app/(console)/credential/limit-fields";
import { type LimitForm, limitsOf, toLimitForm } from "@/app/(console)/credential/limit-form";
import { useChange } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { TextareaField, TextField } from "@/components/form-fields";
import { formRequest } from "@/components/form-request";
import { changedFields } from "@/components/form-values";
import { Dialog } from "@/components/ui/dialog";
import { type TokenRecord, UpdateToken } from "@/lib/tokens/schema";

type EditForm = LimitForm & { name: string; description: string };

const EditTokenForm = formRequest(UpdateToken, (form: EditForm) => ({
  name: form.name,
  description: form.description,
  ...limitsOf(form),
}));

interface EditTokenProps {
  token: TokenRecord;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function EditToken({ token, open, onOpenChange }: EditTokenProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Edit ${token.name}`}
      description="Limits apply to the next call. The value, the role and the expiry stay the same."
    >
      <EditFields token={token} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function EditFields({ token, onDone }: { token: TokenRecord; onDone: () => void }) {
  const change = useChange();
  const { name, description } = token;
  const defaultValues = { name, description, ...toLimitForm(token) };
  const form = useApiForm({
    schema: EditTokenForm,
    defaultValues,
    draftKey: `edit-token:${token.ZUID}`,
    submit: async (values) => {
      const changed = changedFields(values, EditTokenForm.parse(defaultValues));
      if (changed) await change("PUT", `/v1/tokens/${token.ZUID}`, changed);
      onDone();
    },
  });
  return (
    <Form form={form}>
      <TextField name="name" label="Name" required autoFocus autoComplete="off" />
      <TextareaField name="description" label="Purpose" optional rows={2} />
      <LimitFields />
      <DialogActions>Save changes</DialogActions>
    </Form>
  );
}
