"use client";

import { RoleForm } from "@/app/(console)/instances/[instanceId]/roles/role-form";
import { useChange } from "@/components/change";
import { changedFields } from "@/components/form-values";
import { Dialog } from "@/components/ui/dialog";
import type { RoleViewProps } from "./role-view";

interface EditRoleProps extends Pick<RoleViewProps, "instance" | "role" | "held" | "power"> {
  open: boolean;
  onClose: () => void;
}

/** Its name, purpose and base. */
export function EditRole({ role, held, power, open, onClose }: EditRoleProps) {
  const change = useChange();
  const { name, description, systemRoleZUID, entityZUID } = role;
  const before = { name, description, systemRoleZUID };
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Edit ${name}`}
      description="Another base changes at once what everybody with this role may do; its rules stay."
    >
      <RoleForm
        defaultValues={{ ...before, entityZUID }}
        power={power}
        rules={held.rules}
        isOnInstance={() => held.instanceId !== null}
        submitLabel="Save changes"
        submit={async ({ entityZUID: _, ...request }) => {
          const changed = changedFields(request, before);
          const since = encodeURIComponent(role.updatedAt);
          if (changed) await change("PUT", `/v1/roles/${role.ZUID}?unmodifiedSince=${since}`, changed);
          onClose();
        }}
      />
    </Dialog>
  );
}
