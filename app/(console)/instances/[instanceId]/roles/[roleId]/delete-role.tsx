"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { exceedsWords } from "@/app/(console)/role-words";
import { toast } from "@/components/toast";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { formatCount } from "@/lib/format";
import { api } from "@/lib/http/client";
import type { RoleViewProps } from "./role-view";

const NAMED = 6;

interface DeleteRoleProps extends Pick<RoleViewProps, "instance" | "role" | "holders" | "replacements"> {
  open: boolean;
  onClose: () => void;
}

/** Says who and what holds the role, and asks what they get instead. */
export function DeleteRole({ instance, role, holders, replacements, open, onClose }: DeleteRoleProps) {
  const router = useRouter();
  const [replacement, setReplacement] = useState<string>();
  const isHeld = role.people + role.tokens > 0;
  const names = holders.slice(0, NAMED).map(({ name }) => name);
  const more = role.people + role.tokens - names.length;

  // The page of a deleted role is gone, so it is left instead of read again.
  async function remove() {
    await api("DELETE", `/v1/roles/${role.ZUID}${replacement ? `?replacement=${replacement}` : ""}`);
    toast(`${role.name} is deleted.`);
    router.replace(`/instances/${instance.ZUID}/roles`);
    router.refresh();
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete ${role.name}?`}
      description={
        isHeld
          ? `${formatCount(role.people, "person", "people")} and ${formatCount(role.tokens, "live token")} hold it. They get another role in the same moment.`
          : "Nobody and nothing holds it. Its history stays in the audit trail."
      }
      confirmLabel={isHeld ? "Move them and delete" : "Delete role"}
      danger
      disabled={isHeld && !replacement}
      onConfirm={remove}
    >
      {isHeld && (
        <>
          <p className="text-s wrap-anywhere text-ink-2">
            {names.join(", ")}
            {more > 0 && ` and ${more} more`}
          </p>
          <Field label="They get instead" hint="Roles that allow more than your own are out of reach.">
            <Select
              value={replacement}
              onValueChange={setReplacement}
              placeholder="Choose a role"
              options={replacements.map(({ ZUID, name, missingPermissions }) => ({
                value: ZUID,
                label: name,
                disabled: missingPermissions.length > 0,
                hint: missingPermissions.length > 0 ? exceedsWords(missingPermissions.slice(0, 1)) : undefined,
              }))}
            />
          </Field>
        </>
      )}
    </ConfirmDialog>
  );
}
