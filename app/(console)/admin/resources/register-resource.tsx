"use client";

import { useState } from "react";
import { useChange } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RegisterResource as Request } from "@/lib/resources/schema";
import { ResourceFields } from "./resource-fields";
import { NEW_RESOURCE, resourceForm } from "./resource-form";

export function RegisterResource() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Register resource</Button>}
      width="l"
      title="Register a resource"
      description="Owners, Admins and Developers may do everything with it at once, and so may API keys with full access. Everybody else needs a rule."
    >
      <RegisterForm onDone={() => setOpen(false)} />
    </Dialog>
  );
}

const RegisterRequest = resourceForm(Request);

function RegisterForm({ onDone }: { onDone: () => void }) {
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
