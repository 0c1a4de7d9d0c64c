"use client";

import { useChange } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { RegisterResource } from "@/lib/resources/schema";
import { ResourceFields } from "./resource-fields";
import { NEW_RESOURCE, resourceForm } from "./resource-form";

const RegisterRequest = resourceForm(RegisterResource);

export function RegisterForm({ onDone }: { onDone: () => void }) {
  const change = useChange();
  const form = useApiForm({
    schema: RegisterRequest,
    defaultValues: NEW_RESOURCE,
    draftKey: "register-resource",
    submit: async (values) => {
      await change("POST", "/v1/resources", values);
      onDone();
    },
  });
  return (
    <Form form={form}>
      <ResourceFields isNew />
      <DialogActions>Register resource</DialogActions>
    </Form>
  );
}
