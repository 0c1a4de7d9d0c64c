"use client";

import type { CommonDialog } from "@/app/(console)/credential/actions";
import { ofKey, type RotationPolicy } from "@/app/(console)/credential/credential";
import { Revoke } from "@/app/(console)/credential/revoke";
import { Rotate } from "@/app/(console)/credential/rotate";
import { LastCall, RotationDialogs } from "@/app/(console)/credential/rotation-dialogs";
import { useChange } from "@/components/change";
import { toast } from "@/components/toast";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import type { CredentialUsage } from "@/lib/usage/schema";
import { EditKey } from "./edit-key";

export type KeyDialog = CommonDialog | "switch";

interface KeyDialogsProps {
  apiKey: KeyRecord;
  usage: CredentialUsage;
  /** The versions that work, newest first. */
  live: readonly VersionRecord[];
  policy: RotationPolicy;
  dialog?: KeyDialog;
  close: () => void;
}

/** What can be done to a key, each after a sentence on what it does. */
export function KeyDialogs({ apiKey, usage, live, policy, dialog, close }: KeyDialogsProps) {
  const change = useChange();
  const credential = ofKey(apiKey);
  const [successor, predecessor] = live;
  const bind = (name: KeyDialog) => ({ open: dialog === name, onOpenChange: (isOpen: boolean) => !isOpen && close() });

  async function switchOver() {
    await change("PATCH", credential.path, { enabled: !apiKey.enabled });
    toast(apiKey.enabled ? `${apiKey.name} is disabled.` : `${apiKey.name} is enabled.`);
  }

  return (
    <>
      <EditKey apiKey={apiKey} {...bind("edit")} />
      <Rotate credential={credential} policy={policy} {...bind("rotate")} />
      <Revoke credential={credential} usage={usage} {...bind("revoke")} />
      <ConfirmDialog
        {...bind("switch")}
        title={apiKey.enabled ? `Disable ${apiKey.name}?` : `Enable ${apiKey.name}?`}
        description={
          apiKey.enabled
            ? "Every call with it is refused at once. Nothing is lost: you can enable it again."
            : "It works again at once, with the same value."
        }
        confirmLabel={apiKey.enabled ? "Disable key" : "Enable key"}
        danger={apiKey.enabled}
        onConfirm={switchOver}
      >
        {apiKey.enabled && <LastCall of="It" at={apiKey.lastUsedAt} from={apiKey.lastUsedIp} />}
      </ConfirmDialog>
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
