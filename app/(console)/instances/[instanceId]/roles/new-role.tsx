"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { api, newIdempotencyKey } from "@/lib/http/client";
import type { Power } from "@/lib/kernel/permissions";
import type { CreateRole, RoleRecord, RuleInput } from "@/lib/roles/schema";
import { RoleForm } from "./role-form";

interface NewRoleProps {
  instance: { ZUID: string; name: string };
  /** Where the person may make roles of every instance too. */
  organizationId?: string;
  power: Power;
  /** The role it is to be a narrower one of. */
  source?: { name: string; systemRoleZUID: string; entityZUID: string; rules: RuleInput[] };
  trigger: ReactNode;
}

/** Makes a custom role and leads to its matrix. */
export function NewRole({ instance, organizationId, power, source, trigger }: NewRoleProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const everywhere = {
    value: organizationId ?? "",
    label: "Every instance",
    hint: "A role of the organization, for its own matters too.",
  };

  async function create(request: Pick<CreateRole, "name">) {
    const body = { ...request, ...(source && { granularRoles: source.rules }) };
    const { data } = await api<RoleRecord>("POST", "/v1/roles", body, { idempotencyKey });
    setIdempotencyKey(newIdempotencyKey());
    router.push(`/instances/${instance.ZUID}/roles/${data.ZUID}`);
    router.refresh();
  }

  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={trigger}
      title={source ? `Make a narrower role than ${source.name}` : "New role"}
      description={
        source
          ? "It begins with the same permissions. What it should not allow is taken away next."
          : "Nobody holds it yet. What it allows is shaped next."
      }
    >
      <RoleForm
        defaultValues={{
          name: "",
          description: "",
          systemRoleZUID: source?.systemRoleZUID ?? "",
          entityZUID: source && source.entityZUID === organizationId ? organizationId : instance.ZUID,
        }}
        power={power}
        places={
          organizationId
            ? [{ value: instance.ZUID, label: instance.name, hint: "Held on this instance alone." }, everywhere]
            : undefined
        }
        isOnInstance={(entityId) => entityId === instance.ZUID}
        submitLabel="Create role"
        submit={create}
      />
    </Dialog>
  );
}
