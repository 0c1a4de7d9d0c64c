"use client";

import { ActionMenu } from "@/components/ui/action-menu";
import { Button } from "@/components/ui/button";
import { PageLink } from "@/components/ui/page-link";
import { Tooltip } from "@/components/ui/tooltip";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { Credential } from "./credential";
import type { RotationDialog } from "./rotation-dialogs";

export interface Powers {
  update: boolean;
  revoke: boolean;
  readAudit: boolean;
}

/** What both kinds of credential can be asked. */
export type CommonDialog = RotationDialog | "edit" | "revoke";

interface ActionsProps {
  credential: Credential;
  may: Powers;
  /** The new version while a rotation is under way. */
  successor?: VersionRecord;
  open: (dialog: CommonDialog) => void;
  /** What only its own kind can do. */
  more: { label: string; act: () => void }[];
}

/** What is likely next stands open: the steps of the rotation under way, else rotating. */
export function Actions({ credential, may, successor, open, more }: ActionsProps) {
  return (
    <>
      {may.readAudit && (
        <>
          <Button asChild>
            <PageLink href={`/audit?target=${credential.record.ZUID}`}>History</PageLink>
          </Button>
          <Button asChild>
            <PageLink href={`/audit?actor=${credential.record.ZUID}`}>What it did</PageLink>
          </Button>
        </>
      )}
      {may.update && successor && (
        <>
          <Button onClick={() => open("extend")}>Extend</Button>
          <RollBack successor={successor} onPress={() => open("rollBack")} />
        </>
      )}
      {may.update && !successor && <Button onClick={() => open("edit")}>Edit</Button>}
      {may.revoke && !successor && (
        <Button variant="danger" onClick={() => open("revoke")}>
          Revoke
        </Button>
      )}
      <ActionMenu
        label={`More actions for ${credential.record.name}`}
        actions={[
          ...(may.update && successor ? [{ label: "Edit…", act: () => open("edit") }] : []),
          ...(may.update ? more : []),
          ...(may.revoke && successor ? [{ label: "Revoke…", danger: true, act: () => open("revoke") }] : []),
        ]}
      />
      {may.update && (
        <Button variant="primary" onClick={() => open(successor ? "finish" : "rotate")}>
          {successor ? "Finish now" : "Rotate"}
        </Button>
      )}
    </>
  );
}

/** Stays reachable when it is not possible, so that its reason can be read. */
function RollBack({ successor, onPress }: { successor: VersionRecord; onPress: () => void }) {
  if (successor.lastUsedAt === null) return <Button onClick={onPress}>Roll back</Button>;
  return (
    <Tooltip content={`v${successor.version} is in use already. Finish the rotation instead.`}>
      <Button aria-disabled className="opacity-45">
        Roll back
      </Button>
    </Tooltip>
  );
}
