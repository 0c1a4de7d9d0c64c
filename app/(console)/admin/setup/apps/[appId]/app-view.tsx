"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type ReactNode, useState } from "react";
import { AppState } from "@/app/(console)/admin/setup/apps/app-state";
import { lateDialog } from "@/components/late";
import { useLive } from "@/components/live";
import { ActionMenu } from "@/components/ui/action-menu";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Id } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { PageLink } from "@/components/ui/page-link";
import { Tabs } from "@/components/ui/tabs";
import type { AppRecord } from "@/lib/apps/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import type { HourlyUsage } from "@/lib/usage/schema";
import type { AppDialog } from "./app-dialogs";
import { KeyTable } from "./key-table";
import { Settings } from "./settings";

const GenerateKey = lateDialog(() => import("./generate-key").then((loaded) => loaded.GenerateKey));
const AppDialogs = lateDialog(() => import("./app-dialogs").then((loaded) => loaded.AppDialogs));

interface AppViewProps {
  app: AppRecord;
  may: { update: boolean; delete: boolean; generateKeys: boolean; revokeKeys: boolean; readAudit: boolean };
  keys?: { rows: KeyRecord[]; hours: Record<string, HourlyUsage>; nextCursor?: string; path: string };
  logins?: ReactNode;
  activity?: ReactNode;
}

const TABS = ["keys", "logins", "activity", "settings"] as const;

export function AppView({ app, may, keys, logins, activity }: AppViewProps) {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TABS).withOptions({ history: "push" }));
  const [dialog, setDialog] = useState<AppDialog>();
  const [isGenerating, setGenerating] = useState(false);
  const [newKeyId, setNewKeyId] = useState<string>();
  const isEnabled = app.status === "active";

  const generate = may.generateKeys && (
    <Button variant="primary" onClick={() => setGenerating(true)}>
      Generate key
    </Button>
  );
  const tabs = [
    ...(keys
      ? [
          {
            value: "keys" as const,
            label: "Keys",
            count: app.liveKeys,
            content: (
              <LiveKeys app={app} keys={keys} newKeyId={newKeyId} generate={generate} mayRevoke={may.revokeKeys} />
            ),
          },
        ]
      : []),
    ...(logins ? [{ value: "logins" as const, label: "Logins", content: logins }] : []),
    ...(activity ? [{ value: "activity" as const, label: "Activity", content: activity }] : []),
    {
      value: "settings" as const,
      label: "Settings",
      content: <Settings app={app} may={may} open={setDialog} />,
    },
  ];

  return (
    <>
      <PageHeader
        title={app.name}
        sub={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <AppState app={app} />
            <Id value={app.ZUID} />
          </span>
        }
        actions={
          <>
            {may.readAudit && (
              <Button asChild>
                <PageLink href={`/audit?app=${app.ZUID}`}>History</PageLink>
              </Button>
            )}
            {may.update && <Button onClick={() => setDialog("details")}>Edit</Button>}
            <ActionMenu
              label={`More actions for ${app.name}`}
              actions={[
                ...(may.update
                  ? [
                      { label: "Change permissions…", act: () => setDialog("access") },
                      { label: "Replace the app secret…", act: () => setDialog("secret") },
                      { label: isEnabled ? "Disable…" : "Enable…", act: () => setDialog("switch") },
                    ]
                  : []),
                ...(may.delete ? [{ label: "Delete…", danger: true, act: () => setDialog("delete") }] : []),
              ]}
            />
            {generate}
          </>
        }
      />
      {!isEnabled && (
        <Banner
          className="mb-4"
          action={
            may.update && (
              <Button size="s" onClick={() => setDialog("switch")}>
                Enable
              </Button>
            )
          }
        >
          This app is disabled. Every call with one of its keys is refused until it is enabled again.
        </Banner>
      )}
      <Tabs
        label={`Parts of ${app.name}`}
        tabs={tabs}
        value={tabs.some(({ value }) => value === tab) ? (tab ?? undefined) : tabs[0]?.value}
        onValueChange={(next) => void setTab(next === tabs[0]?.value ? null : next)}
      />
      <GenerateKey app={app} open={isGenerating} onOpenChange={setGenerating} onGenerated={setNewKeyId} />
      <AppDialogs app={app} dialog={dialog} close={() => setDialog(undefined)} />
    </>
  );
}

interface LiveKeysProps {
  app: AppRecord;
  keys: NonNullable<AppViewProps["keys"]>;
  newKeyId?: string;
  generate: ReactNode;
  mayRevoke: boolean;
}

/** Read again while in view: a key that was never used shows its first call. */
function LiveKeys({ app, keys, newKeyId, generate, mayRevoke }: LiveKeysProps) {
  const rows = useLive(keys.path, keys.rows);
  return (
    <KeyTable
      app={app}
      rows={rows.map((row) => ({ ...row, hours: keys.hours[row.ZUID] }))}
      nextCursor={keys.nextCursor}
      newKeyId={newKeyId}
      generate={generate}
      mayRevoke={mayRevoke}
    />
  );
}
