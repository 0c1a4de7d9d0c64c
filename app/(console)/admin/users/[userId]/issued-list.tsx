"use client";

import { Bot, KeyRound } from "lucide-react";
import { APPS_PATH } from "@/app/(console)/admin/setup/apps/crumbs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { IssuedCredential } from "@/lib/people/schema";

interface IssuedListProps {
  issued: { rows: readonly IssuedCredential[]; total: number };
  hasLeft: boolean;
}

/** The live credentials that somebody has issued. They belong to the organization. */
export function IssuedList({ issued: { rows, total }, hasLeft }: IssuedListProps) {
  if (total === 0) {
    return (
      <div className="rounded-2 border bg-surface">
        <EmptyState title="Nothing issued">
          Live access tokens and API keys that this person has issued appear here, as far as you may see them.
        </EmptyState>
      </div>
    );
  }
  return (
    <Card
      title={formatCount(total, "live token or key", "live tokens and keys")}
      footer={
        total > rows.length
          ? `The ${rows.length} newest are shown.`
          : hasLeft
            ? "They work on although their issuer has left. Rotate those whose value the person may have kept."
            : "They belong to the organization and work on when their issuer leaves."
      }
      flush
    >
      <ul aria-label="Issued">
        {rows.map((credential) => (
          <IssuedLine key={credential.ZUID} credential={credential} />
        ))}
      </ul>
    </Card>
  );
}

function IssuedLine({ credential }: { credential: IssuedCredential }) {
  const { kind, ZUID, name, place, hint, expiresAt, lastUsedAt } = credential;
  const Icon = kind === "api_key" ? KeyRound : Bot;
  const href =
    kind === "api_key" ? `${APPS_PATH}/${place.ZUID}/keys/${ZUID}` : `/instances/${place.ZUID}/tokens/${ZUID}`;
  return (
    <li className="flex items-center gap-4 border-t px-[18px] py-2.5">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1 text-s">
        <p className="font-semi wrap-anywhere">
          <Link href={href}>{name}</Link>
        </p>
        <p className="wrap-anywhere text-ink-3">
          {kind === "api_key" ? "API key" : "access token"} of {place.name} ·{" "}
          <code className="font-mono text-xs">{hint}</code> · expires <Time value={expiresAt} none="never" /> ·{" "}
          {lastUsedAt && "last used "}
          <Time value={lastUsedAt} none="never used" />
        </p>
      </div>
    </li>
  );
}
