"use client";

import NextLink from "next/link";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FilterSpec } from "@/components/data-table/filter";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Status, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { CredentialStatus } from "@/lib/credentials/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import type { KeyUse } from "@/lib/overview/schema";

const STATES: Record<CredentialStatus, { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "ok" },
  rotating: { label: "Rotating", tone: "warn" },
  expiring: { label: "Expiring", tone: "warn" },
  disabled: { label: "Disabled", tone: "idle" },
  expired: { label: "Expired", tone: "idle" },
  revoked: { label: "Revoked", tone: "bad" },
};
const USES: Record<KeyUse, string> = {
  never: "Never used",
  forgotten: "Never used in 7 days",
  dormant: "Not used for 30 days",
};
const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const filters: FilterSpec[] = [
  {
    key: "state",
    label: "State",
    options: Object.entries(STATES).map(([value, { label }]) => ({ value, label })),
  },
  { key: "use", label: "Use", options: optionsOf(USES) },
  { key: "expires", label: "Expires on", placeholder: "2027-01-31" },
];

const column = columnsOf<KeyRecord>();
const columns = column.columns([
  column.accessor("name", { header: "Key", meta: { isPrimary: true, sortKey: "name" } }),
  column.accessor("appName", {
    header: "App",
    cell: ({ row: { original } }) => (
      <NextLink
        href={`/admin/setup/apps/${original.appZUID}`}
        tabIndex={-1}
        className="rounded-[2px] text-ink-2 hover:underline"
      >
        {original.appName}
      </NextLink>
    ),
  }),
  column.accessor("status", {
    header: "State",
    cell: ({ row: { original } }) => {
      const { label, tone } = STATES[original.status];
      return <Status tone={tone}>{label}</Status>;
    },
  }),
  column.accessor("expiresAt", {
    header: "Expires",
    cell: ({ row: { original } }) => <Time value={original.expiresAt} tabIndex={-1} className="text-ink-3" />,
  }),
  column.accessor("lastUsedAt", {
    header: "Last used",
    cell: ({ row: { original } }) => (
      <Time value={original.lastUsedAt} none="never used" tabIndex={-1} className="text-ink-3" />
    ),
  }),
  column.accessor("createdAt", {
    header: "Generated",
    meta: { sortKey: "createdAt", isWideOnly: true },
    cell: ({ row: { original } }) => <Time value={original.createdAt} tabIndex={-1} className="text-ink-3" />,
  }),
]);

interface CredentialTableProps {
  rows: readonly KeyRecord[];
  nextCursor?: string;
  summary: string;
}

export function CredentialTable({ rows, nextCursor, summary }: CredentialTableProps) {
  return (
    <DataTable
      label="API keys"
      columns={columns}
      rows={rows}
      rowId={(key) => key.ZUID}
      href={(key) => `/admin/setup/apps/${key.appZUID}/keys/${key.ZUID}`}
      nextCursor={nextCursor}
      searchLabel="Search keys and apps"
      filters={filters}
      defaultSort={{ key: "createdAt", dir: "desc" }}
      summary={summary}
      isEnded={(key) => key.status === "revoked"}
      empty={
        <EmptyState
          title="No key yet"
          action={
            <Button asChild>
              <NextLink href="/admin/setup/apps">Go to the apps</NextLink>
            </Button>
          }
        >
          Each app generates its own keys.
        </EmptyState>
      }
    />
  );
}
