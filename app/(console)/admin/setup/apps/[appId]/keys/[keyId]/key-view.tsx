"use client";

import { useState } from "react";
import { KeyState } from "@/app/(console)/admin/setup/apps/[appId]/key-state";
import { useLive } from "@/components/live";
import { Id } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { AppRecord } from "@/lib/apps/schema";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import { KeyActions } from "./key-actions";
import { type KeyDialog, KeyDialogs, type RotationPolicy } from "./key-dialogs";
import { KeyNotice } from "./key-notice";
import { LastUse } from "./last-use";
import { Reach } from "./reach";
import { RotationCockpit } from "./rotation-cockpit";
import { Versions } from "./versions";

export interface KeyPowers {
  update: boolean;
  revoke: boolean;
  readAudit: boolean;
}

interface KeyViewProps {
  app: AppRecord;
  rendered: KeyRecord;
  policy: RotationPolicy;
  may: KeyPowers;
}

/** A key as it is now: read again every few seconds, so that its first call and the last old caller show by themselves. */
export function KeyView({ app, rendered, policy, may }: KeyViewProps) {
  const apiKey = useLive(`/v1/keys/${rendered.ZUID}`, rendered);
  const [dialog, setDialog] = useState<{ name: KeyDialog; live: VersionRecord[] }>();
  const live = apiKey.versions.filter(({ status }) => status === "live");
  const [successor, predecessor] = live;
  const open = (name: KeyDialog) => setDialog({ name, live });
  const isOver = apiKey.status === "revoked" || apiKey.status === "expired";
  const powers = { update: may.update && !isOver, revoke: may.revoke && apiKey.status !== "revoked" };

  return (
    <>
      <PageHeader
        title={
          <span className={apiKey.status === "revoked" ? "text-ink-3 line-through" : undefined}>{apiKey.name}</span>
        }
        sub={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            {apiKey.status !== "rotating" && <KeyState apiKey={apiKey} />}
            <Id value={apiKey.ZUID} />
            <span>
              generated <Time value={apiKey.createdAt} /> by {apiKey.createdByName}
            </span>
            <code className="font-mono text-xs">{apiKey.hint}</code>
          </span>
        }
        actions={
          <KeyActions
            apiKey={apiKey}
            may={{ ...powers, readAudit: may.readAudit }}
            successor={predecessor && successor}
            open={open}
          />
        }
      />
      <KeyNotice apiKey={apiKey} app={app} enable={powers.update ? () => open("switch") : undefined} />
      {successor && predecessor && <RotationCockpit successor={successor} predecessor={predecessor} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Reach apiKey={apiKey} app={app} edit={powers.update ? () => open("edit") : undefined} />
        <LastUse apiKey={apiKey} />
      </div>
      <Versions apiKey={apiKey} />
      <KeyDialogs
        apiKey={apiKey}
        // A dialog keeps the versions it was opened for, so that a refusal because of another tab stays to be read.
        live={dialog?.live ?? live}
        policy={policy}
        dialog={dialog?.name}
        close={() => setDialog(undefined)}
      />
    </>
  );
}
