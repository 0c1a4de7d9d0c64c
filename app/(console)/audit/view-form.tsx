"use client";

import { useChange } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { FormField, TextField } from "@/components/form-fields";
import { Checkbox } from "@/components/ui/checkbox";
import { SaveView } from "@/lib/views/schema";

export function ViewForm({ view, id, onDone }: { view: SaveView; id?: string; onDone: () => void }) {
  const change = useChange();
  const { name, query, isShared } = view;
  const form = useApiForm({
    schema: SaveView,
    defaultValues: { name, query, isShared },
    submit: async (values) => {
      await (id ? change("PATCH", `/v1/audit-views/${id}`, values) : change("POST", "/v1/audit-views", values));
      onDone();
    },
  });
  return (
    <Form form={form}>
      <TextField name="name" label="Name" placeholder="Refusals of this week" autoComplete="off" />
      <FormField name="isShared" label="Sharing" hideLabel>
        {({ value, onChange }) => (
          <Checkbox label="Share with everybody who may read the trail" checked={value} onCheckedChange={onChange} />
        )}
      </FormField>
      <DialogActions>{id ? "Save changes" : "Save view"}</DialogActions>
    </Form>
  );
}
