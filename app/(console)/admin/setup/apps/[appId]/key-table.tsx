"use client";

import type { ReactNode } from "react";
import { APPS_PATH } from "@/app/(console)/admin/setup/apps/crumbs";
import { BulkRevoke } from "@/app/(console)/credential/bulk-revoke";
import { ofKey } from "@/app/(console)/credential/credential";
import { State } from "@/app/(console)/credential/state";
import { Hours } from "@/app/(console)/usage-cards/hours";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { AppRecord } from "@/lib/apps/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import { type HourlyUsage, USAGE_HOURS } from "@/lib/usage/schema";

type Row = KeyRecord & { hours?: HourlyUsage };

const column = columnsOf<Row>();
const columns = column.columns([
  column.accessor("name", { header: "Key", meta: { isPrimary: true, sortKey: "name" } }),
  column.accessor("hint", {
    header: "Value",
    cell: ({ row: { original } }) => <code className="font-mono text-xs text-ink-2">{original.hint}</code>,
  }),
  column.display({
    id: "state",
    header: "State",
    meta: { className: "max-w-96" },
    cell: ({ row: { original } }) => (
      <>
        <State credential={ofKey(original)} disabled={original.enabled ? "App disabled" : undefined} />{" "}
        {original.issuerLeft && original.revokedAt === null && <Status tone="warn">Issuer left</Status>}
        <Ending apiKey={original} />
      </>
    ),
  }),
  column.accessor("lastUsedAt", {
    header: "Last used",
    cell: ({ row: { original } }) => (
      <span className="text-ink-3">
        <Time value={original.lastUsedAt} none="never used" tabIndex={-1} />
        {original.lastUsedIp && <> from {original.lastUsedIp}</>}
      </span>
    ),
  }),
  column.display({
    id: "hours",
    header: `Last ${USAGE_HOURS} hours`,
    cell: ({ row: { original } }) => <Hours hours={original.hours} />,
  }),
  column.accessor("createdAt", {
    header: "Generated",
    meta: { sortKey: "createdAt", isWideOnly: true },
    cell: ({ row: { original } }) => <Time value={original.createdAt} tabIndex={-1} className="text-ink-3" />,
  }),
]);

/** Who ended it, when and why. */
function Ending({ apiKey }: { apiKey: KeyRecord }) {
  if (!apiKey.revokedAt) return null;
  return (
    <span
      title={apiKey.revocationReason ?? undefined}
      className="text-ink-3 max-sm:block max-sm:wrap-anywhere max-sm:whitespace-normal"
    >
      <Time value={apiKey.revokedAt} tabIndex={-1} /> by {apiKey.revokedByName}
      {apiKey.revocationReason && `: ${apiKey.revocationReason}`}
    </span>
  );
}

const filters = [
  {
    key: "status",
    label: "State",
    options: [
      { value: "live", label: "Live" },
      { value: "ended", label: "Revoked or expired" },
    ],
  },
];

const revocable = ({ ZUID, name, status, lastUsedAt }: KeyRecord) =>
  status === "revoked" ? [] : [{ path: `/v1/keys/${ZUID}`, name, lastUsedAt }];

interface KeyTableProps {
  app: AppRecord;
  rows: readonly Row[];
  nextCursor?: string;
  newKeyId?: string;
  generate: ReactNode;
  mayRevoke: boolean;
}

export function KeyTable({ app, rows, nextCursor, newKeyId, generate, mayRevoke }: KeyTableProps) {
  return (
    <DataTable
      label="Keys"
      columns={columns}
      rows={rows}
      rowId={(key) => key.ZUID}
      href={(key) => `${APPS_PATH}/${app.ZUID}/keys/${key.ZUID}`}
      nextCursor={nextCursor}
      searchLabel="Search keys"
      filters={filters}
      defaultSort={{ key: "createdAt", dir: "desc" }}
      highlightId={newKeyId}
      isSelectable={({ status }) => status !== "revoked"}
      bulkActions={
        mayRevoke
          ? (selected, clear) => <BulkRevoke credentials={selected.flatMap(revocable)} noun="key" clear={clear} />
          : undefined
      }
      isEnded={(key) => key.status === "revoked" || key.status === "expired"}
      empty={
        <EmptyState title="No key yet" action={generate}>
          {generate
            ? "Generate the first key of this app. Its value is shown once; the program then sends it with every call."
            : "An Owner or Admin of the organization generates its keys."}
        </EmptyState>
      }
    />
  );
}
