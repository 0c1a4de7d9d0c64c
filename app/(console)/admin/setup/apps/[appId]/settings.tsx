"use client";

import { AccessWords, LOGIN_USERS } from "@/app/(console)/admin/setup/apps/access-words";
import { Lines } from "@/app/(console)/admin/setup/apps/lines";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { AppRecord } from "@/lib/apps/schema";
import { formatCount } from "@/lib/format";
import type { AppDialog } from "./app-dialogs";

interface SettingsProps {
  app: AppRecord;
  may: { update: boolean; delete: boolean };
  open: (dialog: AppDialog) => void;
}

export function Settings({ app, may, open }: SettingsProps) {
  const isEnabled = app.status === "active";
  const none = <span className="text-ink-3">none</span>;
  const edit = (dialog: AppDialog, label: string) =>
    may.update && (
      <Button size="s" onClick={() => open(dialog)}>
        {label}
      </Button>
    );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Details" actions={edit("details", "Edit")}>
        <DescriptionList
          items={[
            ["Name", app.name],
            ["Address", app.uri ?? none],
            ["Description", app.description ? <span className="whitespace-pre-line">{app.description}</span> : none],
            ["Who signs in", LOGIN_USERS[app.loginUserType]],
            ["After sign-in", <Lines key="login" lines={app.postLoginRedirects} none="no redirect" />],
            ["After sign-out", <Lines key="logout" lines={app.postLogoutRedirects} none="no redirect" />],
            [
              "Registered",
              <>
                <Time value={app.createdAt} /> <span className="text-ink-3">by {app.createdByName}</span>
              </>,
            ],
          ]}
        />
      </Card>
      <div className="grid gap-4">
        <Card title="Permissions" actions={edit("access", "Change")}>
          <DescriptionList
            items={[
              ["API keys", <AccessWords key="keys" access={app.keyAccess} />],
              ["Login tokens", <AccessWords key="tokens" access={app.tokenAccess} />],
            ]}
          />
        </Card>
        <Card title="App secret" actions={edit("secret", "Replace")}>
          <DescriptionList
            items={[
              [
                "Value",
                <code key="hint" className="font-mono text-xs">
                  {app.secretHint}
                </code>,
              ],
              ["Since", <Time key="since" value={app.secretCreatedAt} />],
            ]}
          />
        </Card>
        {(may.update || may.delete) && (
          <Card title="Danger zone" flush>
            <ul className="text-s">
              {may.update && (
                <Danger
                  button={
                    <Button size="s" onClick={() => open("switch")}>
                      {isEnabled ? "Disable" : "Enable"}
                    </Button>
                  }
                >
                  {isEnabled
                    ? `Refuses every call of its ${formatCount(app.liveKeys, "live key")} at once, until you enable it again.`
                    : `Lets its ${formatCount(app.liveKeys, "live key")} work again at once.`}
                </Danger>
              )}
              {may.delete && (
                <Danger
                  button={
                    <Button size="s" variant="danger" onClick={() => open("delete")}>
                      Delete
                    </Button>
                  }
                >
                  Revokes all its keys for good. Its history stays in the audit trail.
                </Danger>
              )}
            </ul>
          </Card>
        )}
      </div>
    </div>
  );
}

const Danger = ({ button, children }: { button: React.ReactNode; children: string }) => (
  <li className="flex items-center justify-between gap-4 border-t px-[18px] py-3 text-ink-2">
    {children}
    {button}
  </li>
);
