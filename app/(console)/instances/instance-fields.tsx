"use client";

import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { formRequest } from "@/components/form-request";
import { CreateInstance } from "@/lib/instances/schema";

const Request = formRequest(CreateInstance, ({ name, domain }: { name: string; domain: string }) => ({
  name,
  domain: domain.trim() || null,
}));

interface InstanceFieldsProps {
  instance?: { name: string; domain: string | null };
  submitLabel: string;
  submit: (request: CreateInstance) => Promise<void>;
}

export function InstanceFields({ instance, submitLabel, submit }: InstanceFieldsProps) {
  const form = useApiForm({
    schema: Request,
    defaultValues: { name: instance?.name ?? "", domain: instance?.domain ?? "" },
    submit,
  });
  return (
    <Form form={form}>
      <TextField name="name" label="Name" hint="2 to 80 characters, unique in the organization." autoFocus />
      <TextField
        name="domain"
        label="Domain"
        optional
        placeholder="example.com"
        hint="Where it is reached, without https://."
        autoCapitalize="none"
        spellCheck={false}
      />
      <DialogActions>{submitLabel}</DialogActions>
    </Form>
  );
}
