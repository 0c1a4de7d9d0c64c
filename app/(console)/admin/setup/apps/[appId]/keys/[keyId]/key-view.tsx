"use client";

import { useState } from "react";
import { reachOf } from "@/app/(console)/admin/setup/apps/access-words";
import { APPS_PATH } from "@/app/(console)/admin/setup/apps/crumbs";
import { Actions, type Powers } from "@/app/(console)/credential/actions";
import { isOver, ofKey, type RotationPolicy } from "@/app/(console)/credential/credential";
import { LastUse } from "@/app/(console)/credential/last-use";
import { Reach } from "@/app/(console)/credential/reach";
import { RotationCockpit } from "@/app/(console)/credential/rotation-cockpit";
import { State } from "@/app/(console)/credential/state";
import { Versions } from "@/app/(console)/credential/versions";
import { CredentialUsage, useUsage } from "@/app/(console)/usage-cards/credential-usage";
import { lateDialog } from "@/components/late";
import { useLive } from "@/components/live";
import { Id } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { AppRecord } from "@/lib/apps/schema";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import type { CredentialUsage as Usage } from "@/lib/usage/schema";
import type { KeyDialog } from "./key-dialogs";
import { KeyNotice } from "./key-notice";

const KeyDialogs = lateDialog(() => import("./key-dialogs").then((loaded) => loaded.KeyDialogs));

interface KeyViewProps {
  app: AppRecord;
  rendered: KeyRecord;
  usage: Usage;
  policy: RotationPolicy;
  may: Powers;
}

/** A key as it is now: read again every few seconds, so that its first call and the last old caller show by themselves. */
export function KeyView({ app, rendered, usage: renderedUsage, policy, may }: KeyViewProps) {
  const apiKey = useLive(`/v1/keys/${rendered.ZUID}`, rendered);
  const usage = useUsage(`/v1/keys/${rendered.ZUID}`, renderedUsage);
  const [dialog, setDialog] = useState<{ name: KeyDialog; live: VersionRecord[] }>();
  const live = apiKey.versions.filter(({ status }) => status === "live");
  const [successor, predecessor] = live;
  const open = (name: KeyDialog) => setDialog({ name, live });
  const credential = ofKey(apiKey);
  const powers = { update: may.update && !isOver(apiKey), revoke: may.revoke && apiKey.status !== "revoked" };

  return (
    <>
      <PageHeader
        title={
          <span className={apiKey.status === "revoked" ? "text-ink-3 line-through" : undefined}>{apiKey.name}</span>
        }
        sub={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            {apiKey.status !== "rotating" && (
              <State credential={credential} disabled={apiKey.enabled ? "App disabled" : undefined} />
            )}
            <Id value={apiKey.ZUID} />
            <span>
              generated <Time value={apiKey.createdAt} /> by {apiKey.createdByName}
            </span>
            {apiKey.issuerLeft && <Status tone="warn">Issuer left</Status>}
            <code className="font-mono text-xs">{apiKey.hint}</code>
          </span>
        }
        actions={
          <Actions
            credential={credential}
            may={{ ...powers, readAudit: may.readAudit }}
            successor={predecessor && successor}
            open={open}
            more={[{ label: apiKey.enabled ? "Disable…" : "Enable…", act: () => open("switch") }]}
          />
        }
      />
      <KeyNotice apiKey={apiKey} app={app} enable={powers.update ? () => open("switch") : undefined} />
      {successor && predecessor && <RotationCockpit successor={successor} predecessor={predecessor} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Reach
          credential={credential}
          works={[["Works on", <WorksOn key="on" app={app} />]]}
          edit={powers.update ? () => open("edit") : undefined}
        />
        <LastUse credential={credential} />
      </div>
      <CredentialUsage usage={usage} />
      <Versions credential={credential} />
      <KeyDialogs
        apiKey={apiKey}
        usage={usage}
        // A dialog keeps the versions it was opened for, so that a refusal because of another tab stays to be read.
        live={dialog?.live ?? live}
        policy={policy}
        dialog={dialog?.name}
        close={() => setDialog(undefined)}
      />
    </>
  );
}

const WorksOn = ({ app: { ZUID, keyAccess } }: { app: AppRecord }) =>
  keyAccess.mode === "full" ? (
    reachOf(keyAccess)
  ) : (
    <Link href={`${APPS_PATH}/${ZUID}?tab=settings`}>{reachOf(keyAccess)}</Link>
  );
