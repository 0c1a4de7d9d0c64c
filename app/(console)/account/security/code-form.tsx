"use client";

import { z } from "zod";
import { Form, useApiForm } from "@/components/form";
import { DialogActions } from "@/components/dialog-actions";
import { CodeField } from "./code-field";

interface CodeFormProps {
  action: string;
  submit: (code: string) => Promise<void>;
}

/** The form of a dialog that asks for a code of the second factor. */
export function CodeForm({ action, submit }: CodeFormProps) {
  const form = useApiForm({
    schema: z.object({ code: z.string().trim().min(1, "Enter a code.") }),
    defaultValues: { code: "" },
    submit: ({ code }) => submit(code),
  });
  return (
    <Form form={form}>
      <CodeField label="Code" hint="Of your authenticator, or a recovery code." />
      <DialogActions>{action}</DialogActions>
    </Form>
  );
}
