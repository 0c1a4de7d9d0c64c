"use client";

import { useChange } from "@/components/change";
import { toast } from "@/components/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { PageLink } from "@/components/ui/page-link";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { GrantRecord } from "@/lib/grants/schema";

interface LoginListProps {
  logins: readonly GrantRecord[];
  total: number;
  may: { end: boolean; readAudit: boolean };
  /** Whether they are of one app, and told by person, or of one person, and told by app. */
  of: "app" | "person";
}

/** Who is logged in, through which app and on which device; each login can be ended. */
export function LoginList({ logins, total, may, of }: LoginListProps) {
  if (total === 0) {
    return (
      <div className="rounded-2 border bg-surface">
        <EmptyState title={of === "app" ? "Nobody is logged in" : "No login"}>
          {of === "app"
            ? "Each person who logs in through this app with their password appears here, once per device."
            : "Each login of this person through an app appears here, once per device."}
        </EmptyState>
      </div>
    );
  }
  return (
    <Card
      title={formatCount(total, "live login")}
      footer={
        total > logins.length
          ? `The ${logins.length} newest are shown.`
          : "A login ends when the policy says, ninety days after it began unless that was changed."
      }
      flush
    >
      <ul aria-label="Logins">
        {logins.map((login) => (
          <li key={login.ZUID} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-[18px] py-3">
            <div className="min-w-0 flex-1 basis-60">
              <p className="font-semi wrap-anywhere">{of === "app" ? login.userName : login.appName}</p>
              <p className="mt-0.5 text-s wrap-anywhere text-ink-3">
                {login.deviceId ?? "no device named"} · <span className="font-mono text-xs">{login.ip}</span> · since{" "}
                <Time value={login.createdAt} /> · last refresh <Time value={login.refreshedAt} />
              </p>
            </div>
            {may.readAudit && (
              <Button size="s" asChild>
                <PageLink href={`/audit?actor=${login.ZUID}`} aria-label={`History of the login of ${whereOf(login)}`}>
                  History
                </PageLink>
              </Button>
            )}
            {may.end && <EndLogin login={login} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const whereOf = ({ userName, deviceId }: GrantRecord) => (deviceId ? `${userName} on ${deviceId}` : userName);

function EndLogin({ login }: { login: GrantRecord }) {
  const change = useChange();
  const { ZUID, appZUID, userName } = login;
  return (
    <ConfirmDialog
      trigger={
        <Button size="s" aria-label={`End the login of ${whereOf(login)}`}>
          End
        </Button>
      }
      title={`End the login of ${userName}?`}
      description="Its access and refresh tokens are refused at once. The person has to log in again on this device."
      confirmLabel="End login"
      danger
      onConfirm={async () => {
        await change("DELETE", `/v1/apps/${appZUID}/grants/${ZUID}`);
        toast("The login has ended.");
      }}
    />
  );
}
