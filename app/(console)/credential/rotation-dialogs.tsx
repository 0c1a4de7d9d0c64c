"use client";

import { useChange } from "@/components/change";
import { toast } from "@/components/toast";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { Credential, RotationPolicy } from "./credential";
import { ExtendRotation } from "./extend-rotation";

export type RotationDialog = "rotate" | "extend" | "finish" | "rollBack";

interface RotationDialogsProps {
  credential: Credential;
  policy: RotationPolicy;
  bind: (name: RotationDialog) => { open: boolean; onOpenChange: (isOpen: boolean) => void };
  successor: VersionRecord;
  predecessor: VersionRecord;
}

/** What can be done while two versions work, and to begin that. */
export function RotationDialogs({ credential, policy, bind, successor, predecessor }: RotationDialogsProps) {
  const change = useChange();
  const path = `${credential.path}/rotations/current`;
  const { name } = credential.record;
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
        credential={credential}
        policy={policy}
        successor={successor}
        predecessor={predecessor}
        {...bind("extend")}
      />
      <ConfirmDialog
        {...bind("finish")}
        title={`Finish the rotation of ${name}?`}
        description={`${v1} is refused at once. Only ${v2} works from then on.`}
        confirmLabel={`End ${v1} now`}
        onConfirm={finish}
      >
        <LastCall of={v1} at={predecessor.lastUsedAt} from={predecessor.lastUsedIp} />
      </ConfirmDialog>
      <ConfirmDialog
        {...bind("rollBack")}
        title={`Roll ${name} back to ${v1}?`}
        description={`${v2}, which nobody has used, is dropped for good. ${v1} works on as before the rotation.`}
        confirmLabel={`Drop ${v2}`}
        danger
        onConfirm={rollBack}
      />
    </>
  );
}

/** "It was last used 3 minutes ago from 203.0.113.7." */
export function LastCall({ of, at, from }: { of: string; at: string | null; from: string | null }) {
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
