"use client";

import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { PasswordField } from "@/components/form-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { api, onConfirmIdentity } from "@/lib/http/client";

const Proof = z.object({ password: z.string().min(1, "Enter your password.") });

/** Mounted once in the shell: asks for the password when the API wants a fresh proof of who is acting. */
export function ConfirmIdentity() {
  const [isOpen, setOpen] = useState(false);
  const settle = useRef<(isConfirmed: boolean) => void>(undefined);

  useEffect(
    () =>
      onConfirmIdentity(
        () =>
          new Promise((resolve) => {
            settle.current?.(false);
            settle.current = resolve;
            setOpen(true);
          }),
      ),
    [],
  );

  function finish(isConfirmed: boolean) {
    setOpen(false);
    settle.current?.(isConfirmed);
    settle.current = undefined;
  }

  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => !open && finish(false)}
      width="s"
      title="Confirm it is you"
      description="Acts that touch credentials ask again when the last proof is older than 15 minutes."
    >
      <ProofForm onDone={() => finish(true)} onCancel={() => finish(false)} />
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
