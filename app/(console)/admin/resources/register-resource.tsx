"use client";

import { useState } from "react";
import { late } from "@/components/late";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

const RegisterForm = late(() => import("./register-form").then((loaded) => loaded.RegisterForm));

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
