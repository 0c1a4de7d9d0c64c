"use client";

import { useState } from "react";
import { useChange } from "@/components/change";
import { toast } from "@/components/toast";
import { ActionMenu } from "@/components/ui/action-menu";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { InviteRecord, SentInvite } from "@/lib/invites/schema";
import { tellWhetherMailed } from "./mailed";

/** What can be done with an invitation nobody has answered. */
export function InviteActions({ invite: { ZUID, inviteeEmail } }: { invite: InviteRecord }) {
  const change = useChange();
  const [asked, setAsked] = useState<"resend" | "cancel">();
  return (
    <>
      <ActionMenu
        label={`Actions for ${inviteeEmail}`}
        actions={[
          { label: "Send again", act: () => setAsked("resend") },
          { label: "Cancel", danger: true, act: () => setAsked("cancel") },
        ]}
      />
      <ConfirmDialog
        open={asked === "resend"}
        onOpenChange={(isOpen) => !isOpen && setAsked(undefined)}
        title={`Send the invitation of ${inviteeEmail} again?`}
        description="A new link goes out and works for seven days. The old one stops working. The invitation is yours from then on."
        confirmLabel="Send again"
        onConfirm={async () => {
          tellWhetherMailed(await change<SentInvite>("PUT", `/v1/invites/${ZUID}?action=resend`, {}));
        }}
      />
      <ConfirmDialog
        open={asked === "cancel"}
        onOpenChange={(isOpen) => !isOpen && setAsked(undefined)}
        title={`Cancel the invitation of ${inviteeEmail}?`}
        description="Its link stops working at once. You can invite them again."
        confirmLabel="Cancel invitation"
        cancelLabel="Keep it"
        danger
        onConfirm={async () => {
          await change("DELETE", `/v1/invites/${ZUID}`);
          toast("The invitation was canceled.");
        }}
      />
    </>
  );
}
