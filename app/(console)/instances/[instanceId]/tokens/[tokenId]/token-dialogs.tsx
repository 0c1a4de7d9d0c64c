"use client";

import type { CommonDialog } from "@/app/(console)/credential/actions";
import { ofToken, type RotationPolicy } from "@/app/(console)/credential/credential";
import { Revoke } from "@/app/(console)/credential/revoke";
import { Rotate } from "@/app/(console)/credential/rotate";
import { RotationDialogs } from "@/app/(console)/credential/rotation-dialogs";
import { useChange } from "@/components/change";
import { toast } from "@/components/toast";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { VersionRecord } from "@/lib/credentials/schema";
import { formatDateTime } from "@/lib/format";
import type { TokenRecord } from "@/lib/tokens/schema";
import type { CredentialUsage } from "@/lib/usage/schema";
import { EditToken } from "./edit-token";

export type TokenDialog = CommonDialog | "renew";

interface TokenDialogsProps {
  token: TokenRecord;
  usage: CredentialUsage;
  /** The versions that work, newest first. */
  live: readonly VersionRecord[];
  policy: RotationPolicy;
  dialog?: TokenDialog;
  close: () => void;
}

/** What can be done to a token, each after a sentence on what it does. */
export function TokenDialogs({ token, usage, live, policy, dialog, close }: TokenDialogsProps) {
  const change = useChange();
  const credential = ofToken(token);
  const [successor, predecessor] = live;
  const bind = (name: TokenDialog) => ({
    open: dialog === name,
    onOpenChange: (isOpen: boolean) => !isOpen && close(),
  });

  async function renew() {
    const { expiry } = await change<TokenRecord>("PUT", `${credential.path}?action=renew`, {});
    toast(`${token.name} works until ${formatDateTime(expiry, undefined, false)}.`);
  }

  return (
    <>
      <EditToken token={token} {...bind("edit")} />
      <Rotate credential={credential} policy={policy} {...bind("rotate")} />
      <Revoke credential={credential} usage={usage} {...bind("revoke")} />
      <ConfirmDialog
        {...bind("renew")}
        title={`Renew ${token.name}?`}
        description={`It expires ${formatDateTime(token.expiry, undefined, false)} now. Renewed, the same value works for as long as the policy allows, counted from now. If the value may have leaked, rotate it instead.`}
        confirmLabel="Renew token"
        onConfirm={renew}
      />
      {successor && predecessor && (
        <RotationDialogs
          credential={credential}
          policy={policy}
          bind={bind}
          successor={successor}
          predecessor={predecessor}
        />
      )}
    </>
  );
}
