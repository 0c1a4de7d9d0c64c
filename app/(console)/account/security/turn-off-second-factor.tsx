"use client";

import { useState } from "react";
import { useChange } from "@/components/change";
import { late } from "@/components/late";
import { toast } from "@/components/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

const CodeForm = late(() => import("./code-form").then((loaded) => loaded.CodeForm));

export function TurnOffSecondFactor({ userId }: { userId: string }) {
  const change = useChange();
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      width="s"
      trigger={<Button variant="danger">Turn off</Button>}
      title="Turn off the second factor?"
      description="From then on the password alone signs you in. The recovery codes are gone too."
    >
      <CodeForm
        action="Turn off"
        submit={async (code) => {
          await change("DELETE", `/v1/users/${userId}/second-factor`, { code });
          setOpen(false);
          toast("The second factor is off.");
        }}
      />
    </Dialog>
  );
}
