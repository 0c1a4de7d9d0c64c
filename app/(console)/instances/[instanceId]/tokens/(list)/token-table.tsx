"use client";

import type { ReactNode } from "react";
import { BulkRevoke } from "@/app/(console)/credential/bulk-revoke";
import { ofToken } from "@/app/(console)/credential/credential";
import { State } from "@/app/(console)/credential/state";
import { Hours } from "@/app/(console)/usage-cards/hours";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FilterSpec } from "@/components/data-table/filter-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { TokenRecord } from "@/lib/tokens/schema";
import { type HourlyUsage, USAGE_HOURS } from "@/lib/usage/schema";

type Row = TokenRecord & { hours?: HourlyUsage };

const column = columnsOf<Row>();
const columns = column.columns([
  column.accessor("name", { header: "Token", meta: { isPrimary: true, sortKey: "name" } }),
  column.accessor("roleName", { header: "Role" }),
  column.display({
    id: "state",
    header: "State",
    cell: ({ row: { original } }) => <State credential={ofToken(original)} />,
  }),
  column.accessor("expiry", {
    header: "Expires",
    cell: ({ row: { original } }) => <Time value={original.expiry} tabIndex={-1} className="text-ink-3" />,
  }),
  column.accessor("lastUsedAt", {
    header: "Last used",
    cell: ({ row: { original } }) => (
      <Time value={original.lastUsedAt} none="never used" tabIndex={-1} className="text-ink-3" />
    ),
  }),
  column.display({
    id: "hours",
    header: `Last ${USAGE_HOURS} hours`,
    cell: ({ row: { original } }) => <Hours hours={original.hours} />,
  }),
  column.accessor("createdByName", {
    header: "Issued by",
    cell: ({ row: { original } }) => <Issuer token={original} />,
  }),
  column.accessor("createdAt", {
    header: "Issued",
    meta: { sortKey: "createdAt", isWideOnly: true },
    cell: ({ row: { original } }) => <Time value={original.createdAt} tabIndex={-1} className="text-ink-3" />,
  }),
]);

const Issuer = ({ token }: { token: TokenRecord }) => (
  <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
    {token.createdByName}
    {token.issuerLeft && <Status tone="warn">Issuer left</Status>}
  </span>
);

const filters: FilterSpec[] = [
  {
    key: "status",
    label: "State",
    options: [
      { value: "live", label: "Live" },
      { value: "ended", label: "Revoked or expired" },
    ],
  },
];

const revocable = ({ ZUID, name, status, lastUsedAt }: TokenRecord) =>
  status === "revoked" ? [] : [{ path: `/v1/tokens/${ZUID}`, name, lastUsedAt }];

interface TokenTableProps {
  instanceId: string;
  rows: readonly Row[];
  nextCursor?: string;
  summary: string;
  issue: ReactNode;
  mayRevoke: boolean;
}

export function TokenTable({ instanceId, rows, nextCursor, summary, issue, mayRevoke }: TokenTableProps) {
  return (
    <DataTable
      label="Access tokens"
      columns={columns}
      rows={rows}
      rowId={(token) => token.ZUID}
      href={(token) => `/instances/${instanceId}/tokens/${token.ZUID}`}
      nextCursor={nextCursor}
      searchLabel="Search tokens"
      filters={filters}
      defaultSort={{ key: "createdAt", dir: "desc" }}
      summary={summary}
      isSelectable={({ status }) => status !== "revoked"}
      bulkActions={
        mayRevoke
          ? (selected, clear) => <BulkRevoke credentials={selected.flatMap(revocable)} noun="token" clear={clear} />
          : undefined
      }
      isEnded={(token) => token.status === "revoked" || token.status === "expired"}
      empty={
        <EmptyState title="No token yet" action={issue}>
          {issue
            ? "Issue one to a program that should do what one role allows here. Its value is shown once."
            : "An Owner or Admin of the instance issues its tokens."}
        </EmptyState>
      }
    />
  );
}
