"use client";

import { type ReactNode, useState } from "react";
import { Actions, type Powers } from "@/app/(console)/credential/actions";
import { isOver, ofToken, type RotationPolicy } from "@/app/(console)/credential/credential";
import { LastUse } from "@/app/(console)/credential/last-use";
import { Reach } from "@/app/(console)/credential/reach";
import { RotationCockpit } from "@/app/(console)/credential/rotation-cockpit";
import { State } from "@/app/(console)/credential/state";
import { Versions } from "@/app/(console)/credential/versions";
import { CredentialUsage, useUsage } from "@/app/(console)/usage-cards/credential-usage";
import { lateDialog } from "@/components/late";
import { useLive } from "@/components/live";
import { Banner } from "@/components/ui/banner";
import { Id } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { InstanceRecord } from "@/lib/instances/schema";
import type { TokenRecord } from "@/lib/tokens/schema";
import type { CredentialUsage as Usage } from "@/lib/usage/schema";
import type { TokenDialog } from "./token-dialogs";

const TokenDialogs = lateDialog(() => import("./token-dialogs").then((loaded) => loaded.TokenDialogs));

interface TokenViewProps {
  instance: InstanceRecord;
  rendered: TokenRecord;
  usage: Usage;
  policy: RotationPolicy;
  may: Powers;
  /** What its role opens. */
  children: ReactNode;
}

/** A token as it is now: read again every few seconds, so that its first call and the last old caller show by themselves. */
export function TokenView({ instance, rendered, usage: renderedUsage, policy, may, children }: TokenViewProps) {
  const token = useLive(`/v1/tokens/${rendered.ZUID}`, rendered);
  const usage = useUsage(`/v1/tokens/${rendered.ZUID}`, renderedUsage);
  const [dialog, setDialog] = useState<{ name: TokenDialog; live: VersionRecord[] }>();
  const credential = ofToken(token);
  const live = token.versions.filter(({ status }) => status === "live");
  const [successor, predecessor] = live;
  const open = (name: TokenDialog) => setDialog({ name, live });
  const powers = { update: may.update && !isOver(token), revoke: may.revoke && token.status !== "revoked" };

  return (
    <>
      <PageHeader
        title={<span className={token.status === "revoked" ? "text-ink-3 line-through" : undefined}>{token.name}</span>}
        sub={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            {token.status !== "rotating" && <State credential={credential} />}
            <Id value={token.ZUID} />
            <span>
              issued <Time value={token.createdAt} /> by {token.createdByName}
            </span>
            {token.issuerLeft && <Status tone="warn">Issuer left</Status>}
            <code className="font-mono text-xs">{token.hint}</code>
          </span>
        }
        actions={
          <Actions
            credential={credential}
            may={{ ...powers, readAudit: may.readAudit }}
            successor={predecessor && successor}
            open={open}
            more={[{ label: "Renew…", act: () => open("renew") }]}
          />
        }
      />
      <TokenNotice token={token} />
      {successor && predecessor && <RotationCockpit successor={successor} predecessor={predecessor} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Reach
          credential={credential}
          works={[
            ["Role", token.roleName],
            ["Works on", `${instance.name}, and nothing elsewhere`],
          ]}
          edit={powers.update ? () => open("edit") : undefined}
        />
        <LastUse credential={credential} />
        {children}
      </div>
      <CredentialUsage usage={usage} />
      <Versions credential={credential} />
      <TokenDialogs
        token={token}
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

/** Why a token does not work, and what would change that. */
function TokenNotice({ token }: { token: TokenRecord }) {
  if (token.status === "revoked") {
    return (
      <Banner tone="bad" className="mb-4">
        Revoked <Time value={token.revokedAt} /> by {token.revokedByName}
        {token.revocationReason ? `: ${token.revocationReason}` : ""}. Every version is refused for good.
      </Banner>
    );
  }
  if (token.status !== "expired") return null;
  return (
    <Banner className="mb-4">
      Expired <Time value={token.expiry} />. Issue a new token in its place.
    </Banner>
  );
}
