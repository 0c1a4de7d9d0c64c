"use client";

import { toast } from "sonner";
import { useChange } from "@/components/change";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import { EditKey } from "./edit-key";
import { ExtendRotation } from "./extend-rotation";
import { RevokeKey } from "./revoke-key";
import { RotateKey } from "./rotate-key";

export type KeyDialog = "edit" | "switch" | "rotate" | "extend" | "finish" | "rollBack" | "revoke";

export interface RotationPolicy {
  defaultHours: number;
  maxHours: number;
}

interface KeyDialogsProps {
  apiKey: KeyRecord;
  /** The versions that work, newest first. */
  live: readonly VersionRecord[];
  policy: RotationPolicy;
  dialog?: KeyDialog;
  close: () => void;
}

/** What can be done to a key, each after a sentence on what it does. */
export function KeyDialogs({ apiKey, live, policy, dialog, close }: KeyDialogsProps) {
  const change = useChange();
  const path = `/v1/keys/${apiKey.ZUID}`;
  const [successor, predecessor] = live;
  const bind = (name: KeyDialog) => ({ open: dialog === name, onOpenChange: (isOpen: boolean) => !isOpen && close() });

  async function switchOver() {
    await change("PATCH", path, { enabled: !apiKey.enabled });
    toast(apiKey.enabled ? `${apiKey.name} is disabled.` : `${apiKey.name} is enabled.`);
  }

  return (
    <>
      <EditKey apiKey={apiKey} {...bind("edit")} />
      <RotateKey apiKey={apiKey} policy={policy} {...bind("rotate")} />
      <RevokeKey apiKey={apiKey} {...bind("revoke")} />
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
          apiKey={apiKey}
          policy={policy}
          bind={bind}
          path={`${path}/rotations/current`}
          successor={successor}
          predecessor={predecessor}
        />
      )}
    </>
  );
}

interface RotationDialogsProps {
  apiKey: KeyRecord;
  policy: RotationPolicy;
  bind: (name: KeyDialog) => { open: boolean; onOpenChange: (isOpen: boolean) => void };
  path: string;
  successor: VersionRecord;
  predecessor: VersionRecord;
}

function RotationDialogs({ apiKey, policy, bind, path, successor, predecessor }: RotationDialogsProps) {
  const change = useChange();
  const [v2, v1] = [`v${successor.version}`, `v${predecessor.version}`];

  async function finish() {
    await change("PATCH", path, { overlapHours: 0 });
    toast(`${v1} has ended. Only ${v2} works now.`);
  }

  async function rollBack() {
    await change("DELETE", path);
    toast(`${v2} is dropped. ${v1} works on as before.`);
  }

  return (
    <>
      <ExtendRotation
        apiKey={apiKey}
        policy={policy}
        successor={successor}
        predecessor={predecessor}
        {...bind("extend")}
      />
      <ConfirmDialog
        {...bind("finish")}
        title={`Finish the rotation of ${apiKey.name}?`}
        description={`${v1} is refused at once. Only ${v2} works from then on.`}
        confirmLabel={`End ${v1} now`}
        onConfirm={finish}
      >
        <LastCall of={v1} at={predecessor.lastUsedAt} from={predecessor.lastUsedIp} />
      </ConfirmDialog>
      <ConfirmDialog
        {...bind("rollBack")}
        title={`Roll ${apiKey.name} back to ${v1}?`}
        description={`${v2}, which nobody has used, is dropped for good. ${v1} works on as before the rotation.`}
        confirmLabel={`Drop ${v2}`}
        danger
        onConfirm={rollBack}
      />
    </>
  );
}

function LastCall({ of, at, from }: { of: string; at: string | null; from: string | null }) {
  return (
    <p className="text-s text-ink-2">
      {at === null ? (
        `${of} was never used.`
      ) : (
        <>
          {of} was last used <Time value={at} /> from {from}.
        </>
      )}
    </p>
  );
}
