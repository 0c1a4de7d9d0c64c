"use client";

import { parseAsBoolean, useQueryState } from "nuqs";
import { late } from "@/components/late";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { InvitePlace } from "@/lib/invites/schema";

const InviteForm = late(() => import("./invite-form").then((loaded) => loaded.InviteForm));

/** Open while the address says `new`, so that the command palette can lead here. */
export function NewInvite({ places }: { places: readonly InvitePlace[] }) {
  const [isOpen, setOpen] = useQueryState("new", parseAsBoolean.withDefault(false));
  const show = (open: boolean) => void setOpen(open || null);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={show}
      trigger={<Button variant="primary">Invite somebody</Button>}
      title="Invite somebody"
      description="They get a link by mail, choose their own password, and hold this one role."
    >
      <InviteForm places={places} onSent={() => show(false)} />
    </Dialog>
  );
}
