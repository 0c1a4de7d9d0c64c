"use client";

import { useState } from "react";
import { late } from "@/components/late";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { RoleChoice } from "@/lib/tokens/schema";

const NarrowForm = late(() => import("./narrow-form").then((loaded) => loaded.NarrowForm));

interface NarrowerRoleProps {
  instance: { ZUID: string; name: string };
  roles: readonly RoleChoice[];
  /** The role chosen so far, where narrowing begins. */
  chosen: string;
  onMade: (roleId: string) => void;
}

/** Makes a custom role of the instance that allows only what is ticked of another one. */
export function NarrowerRole({ instance, roles, chosen, onMade }: NarrowerRoleProps) {
  const [isOpen, setOpen] = useState(false);
  const wider = roles.filter(
    ({ missingPermissions, permissions }) => missingPermissions.length === 0 && permissions.length > 0,
  );
  if (wider.length === 0) return null;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      width="l"
      trigger={<Button className="justify-self-start">Make a narrower role</Button>}
      title="Make a narrower role"
      description="It allows what is ticked and denies the rest. It stays for other tokens and people of this instance."
    >
      <NarrowForm
        instance={instance}
        wider={wider}
        chosen={wider.some(({ ZUID }) => ZUID === chosen) ? chosen : undefined}
        onMade={(roleId) => {
          onMade(roleId);
          setOpen(false);
        }}
      />
    </Dialog>
  );
}
