"use client";

import { useChange } from "@/components/change";
import { toast } from "@/components/toast";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

/** For somebody who lost their authenticator: an admin takes it away, and neither sees nor chooses the next one. */
export function ResetSecondFactor({ userId, name }: { userId: string; name: string }) {
  const change = useChange();
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger" size="s">
          Reset
        </Button>
      }
      title={`Reset the second factor of ${name}?`}
      description="Their authenticator and recovery codes stop working, no single sign-on is linked any more, and they are signed out everywhere. Until they set up a new one, the password alone signs them in: make sure that it is them who asks."
      confirmLabel="Reset"
      danger
      onConfirm={async () => {
        await change("DELETE", `/v1/users/${userId}/second-factor`, {});
        toast(`${name} has no second factor now.`);
      }}
    />
  );
}
