"use client";

import { useRouter } from "next/navigation";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { api, newIdempotencyKey } from "@/lib/http/client";
import type { CreateInstance, InstanceRecord } from "@/lib/instances/schema";
import { InstanceForm } from "@/app/(console)/instances/instance-form";

/** Open while the address says `new`, so that the command palette can lead here. */
export function NewInstance() {
  const router = useRouter();
  const [isOpen, setOpen] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);

  async function create(request: CreateInstance) {
    const { data } = await api<InstanceRecord>("POST", "/v1/instances", request, { idempotencyKey });
    setIdempotencyKey(newIdempotencyKey());
    router.push(`/instances/${data.ZUID}`);
    router.refresh();
  }

  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => void setOpen(open || null)}
      trigger={<Button variant="primary">New instance</Button>}
      title="New instance"
      description="It begins with one role per system role, and you as its Owner."
    >
      <InstanceForm submitLabel="Create instance" submit={create} />
    </Dialog>
  );
}
