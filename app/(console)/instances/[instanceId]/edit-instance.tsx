"use client";

import { useState } from "react";
import { InstanceForm } from "@/app/(console)/instances/instance-form";
import { useChange } from "@/components/change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { InstanceRecord } from "@/lib/instances/schema";

export function EditInstance({ instance }: { instance: InstanceRecord }) {
  const [isOpen, setOpen] = useState(false);
  const change = useChange();
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button>Edit</Button>}
      title="Edit the instance"
      description="Its id stays, so that nothing that refers to it breaks."
    >
      <InstanceForm
        instance={instance}
        submitLabel="Save"
        submit={async (request) => {
          await change("PUT", `/v1/instances/${instance.ZUID}`, request);
          setOpen(false);
        }}
      />
    </Dialog>
  );
}
