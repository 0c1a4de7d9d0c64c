"use client";

import { z } from "zod";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { PasswordField } from "@/components/form-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { api } from "@/lib/http/client";

const Proof = z.object({ password: z.string().min(1, "Enter your password.") });

/** Asks for the password once more. */
export function ProofDialog({ open, onDone }: { open: boolean; onDone: (isConfirmed: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onDone(false)}
      width="s"
      title="Confirm it is you"
      description="Acts that touch credentials ask again when the last proof is older than 15 minutes."
    >
      <ProofForm onDone={() => onDone(true)} onCancel={() => onDone(false)} />
    </Dialog>
  );
}

function ProofForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const form = useApiForm({
    schema: Proof,
    defaultValues: { password: "" },
    submit: async (values) => {
      await api("POST", "/v1/sessions/current/proof", values, { keepPage: true });
      onDone();
    },
  });
  return (
    <Form form={form}>
      <PasswordField name="password" label="Password" autoComplete="current-password" autoFocus />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <SubmitButton>Confirm</SubmitButton>
      </div>
    </Form>
  );
}
