import type { ReactNode } from "react";
import { APPS_PATH } from "@/app/(console)/admin/setup/apps/crumbs";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { AppRecord } from "@/lib/apps/schema";
import type { KeyRecord } from "@/lib/keys/schema";

interface KeyNoticeProps {
  apiKey: KeyRecord;
  app: AppRecord;
  enable?: () => void;
}

/** Why a key does not work, and what would change that. */
export function KeyNotice({ apiKey, app, enable }: KeyNoticeProps) {
  if (apiKey.status === "revoked") {
    return (
      <Notice tone="bad">
        Revoked <Time value={apiKey.revokedAt} /> by {apiKey.revokedByName}
        {apiKey.revocationReason ? `: ${apiKey.revocationReason}` : ""}. Every version is refused for good.
      </Notice>
    );
  }
  if (apiKey.status === "expired") {
    return (
      <Notice>
        Expired <Time value={apiKey.expiresAt} />. Generate a new key in its place.
      </Notice>
    );
  }
  if (apiKey.status === "restored") {
    return (
      <Notice>
        This key came back with a backup and is refused: it may have been revoked since.{" "}
        <Link href="/credentials?state=restored">Confirm or revoke it</Link>.
      </Notice>
    );
  }
  if (!apiKey.enabled) {
    return (
      <Notice
        action={
          enable && (
            <Button size="s" onClick={enable}>
              Enable
            </Button>
          )
        }
      >
        This key is disabled. Every call with it is refused until it is enabled again.
      </Notice>
    );
  }
  if (app.status === "disabled") {
    return (
      <Notice>
        The app <Link href={`${APPS_PATH}/${app.ZUID}`}>{app.name}</Link> is disabled, so this key is refused too.
      </Notice>
    );
  }
  return null;
}

const Notice = ({ tone, action, children }: { tone?: "bad"; action?: ReactNode; children: ReactNode }) => (
  <Banner tone={tone} action={action} className="mb-4">
    {children}
  </Banner>
);
