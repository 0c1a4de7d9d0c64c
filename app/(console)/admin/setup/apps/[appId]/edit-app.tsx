"use client";

import { AccessFields, DetailsFields } from "@/app/(console)/admin/setup/apps/app-fields";
import { accessOf, detailsOf, toAppForm } from "@/app/(console)/admin/setup/apps/app-form";
import { useChange } from "@/components/change";
import { formRequest } from "@/components/form-request";
import { changedFields } from "@/components/form-values";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { Dialog } from "@/components/ui/dialog";
import { type AppRecord, UpdateApp } from "@/lib/apps/schema";

const DetailsForm = formRequest(UpdateApp, detailsOf);
const AccessForm = formRequest(UpdateApp, accessOf);

interface EditAppProps {
  app: AppRecord;
  part: "details" | "access";
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function EditApp({ app, part, open, onOpenChange }: EditAppProps) {
  const isDetails = part === "details";
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width={isDetails ? "m" : "l"}
      title={isDetails ? `Edit ${app.name}` : `Permissions of ${app.name}`}
      description={isDetails ? undefined : "A change applies to all its keys and login tokens with their next call."}
    >
      <EditForm app={app} part={part} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function EditForm({ app, part, onDone }: { app: AppRecord; part: EditAppProps["part"]; onDone: () => void }) {
  const change = useChange();
  const schema = part === "details" ? DetailsForm : AccessForm;
  const defaultValues = toAppForm(app);
  const form = useApiForm({
    schema,
    defaultValues,
    draftKey: `edit-${part}:${app.ZUID}`,
    submit: async (values) => {
      const changed = changedFields(values, schema.parse(defaultValues));
      if (changed) await change("PATCH", `/v1/apps/${app.ZUID}`, changed);
      onDone();
    },
  });
  return (
    <Form form={form}>
      {part === "details" ? <DetailsFields /> : <AccessFields />}
      <DialogActions>Save changes</DialogActions>
    </Form>
  );
}
