"use client";

import { useState } from "react";
import { startSingleSignOn } from "@/app/(auth)/start-single-sign-on";
import { useChange } from "@/components/change";
import { Failure } from "@/components/failure";
import { toast } from "@/components/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { api } from "@/lib/http/client";
import type { IdentityRecord } from "@/lib/identities/schema";

interface SingleSignOnProps {
  userId: string;
  /** What the organization calls its provider. */
  name: string;
  identity: IdentityRecord | undefined;
}

/** Whether the person can sign in at the organization's provider instead of with the password. */
export function SingleSignOn({ userId, name, identity }: SingleSignOnProps) {
  return (
    <Card title={`Sign in with ${name}`}>
      {identity ? (
        <>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Status tone="ok">Linked</Status>
            <span className="text-s text-ink-2">
              since <Time value={identity.createdAt} />
            </span>
          </p>
          <p className="mt-3 mb-4 text-s text-ink-2">
            You can sign in with {name}. <span className="wrap-anywhere">It knows you as {identity.subject}.</span>
          </p>
          <Unlink userId={userId} name={name} />
        </>
      ) : (
        <>
          <p className="mb-4 text-s text-ink-2">
            Link your account there, and it signs you in here without the password. A second factor is asked for as
            before.
          </p>
          <Link userId={userId} name={name} />
        </>
      )}
    </Card>
  );
}

function Link({ userId, name }: Omit<SingleSignOnProps, "identity">) {
  const [failure, setFailure] = useState<Error>();
  const [isPending, setPending] = useState(false);

  async function link() {
    setPending(true);
    setFailure(undefined);
    try {
      await api("PUT", `/v1/users/${userId}/identities`, {});
      await startSingleSignOn("/account/security");
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error("It did not start."));
      setPending(false);
    }
  }

  return (
    <>
      {failure && (
        <div className="mb-4">
          <Failure error={failure} />
        </div>
      )}
      <Button pending={isPending} onClick={link}>
        Link {name}
      </Button>
    </>
  );
}

function Unlink({ userId, name }: Omit<SingleSignOnProps, "identity">) {
  const change = useChange();
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Unlink</Button>}
      title={`Unlink ${name}?`}
      description="From then on you sign in with your password. You can link it again at any time."
      confirmLabel="Unlink"
      danger
      onConfirm={async () => {
        await change("DELETE", `/v1/users/${userId}/identities`);
        toast(`${name} is not linked any more.`);
      }}
    />
  );
}
