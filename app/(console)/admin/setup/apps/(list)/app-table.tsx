"use client";

import type { ReactNode } from "react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { AppRecord } from "@/lib/apps/schema";
import { formatCount } from "@/lib/format";
import { AppState } from "@/app/(console)/admin/setup/apps/app-state";
import { APPS_PATH } from "@/app/(console)/admin/setup/apps/crumbs";

const column = columnsOf<AppRecord>();
const columns = column.columns([
  column.accessor("name", { header: "App", meta: { isPrimary: true, sortKey: "name" } }),
  column.accessor("liveKeys", {
    header: "Credentials",
    cell: ({ row: { original } }) => (
      <span className="text-ink-3">{original.liveKeys === 0 ? "no keys" : formatCount(original.liveKeys, "key")}</span>
    ),
  }),
  column.display({ id: "state", header: "State", cell: ({ row: { original } }) => <AppState app={original} /> }),
  column.accessor("lastUsedAt", {
    header: "Last used",
    cell: ({ row: { original } }) => (
      <Time value={original.lastUsedAt} none="never used" tabIndex={-1} className="text-ink-3" />
    ),
  }),
  column.accessor("createdAt", {
    header: "Created",
    meta: { sortKey: "createdAt", isWideOnly: true },
    cell: ({ row: { original } }) => <Time value={original.createdAt} tabIndex={-1} className="text-ink-3" />,
  }),
]);

const filters = [
  {
    key: "status",
    label: "State",
    options: [
      { value: "active", label: "Active" },
      { value: "rotating", label: "With a rotation under way" },
      { value: "expiring", label: "With a key that expires soon" },
      { value: "disabled", label: "Disabled" },
    ],
  },
];

interface AppTableProps {
  rows: readonly AppRecord[];
  nextCursor?: string;
  summary: string;
  newApp: ReactNode;
}

export function AppTable({ rows, nextCursor, summary, newApp }: AppTableProps) {
  return (
    <DataTable
      label="Apps"
      columns={columns}
      rows={rows}
      rowId={(app) => app.ZUID}
      href={(app) => `${APPS_PATH}/${app.ZUID}`}
      nextCursor={nextCursor}
      searchLabel="Search apps and keys"
      filters={filters}
      defaultSort={{ key: "name", dir: "asc" }}
      summary={summary}
      empty={
        <EmptyState title="No app yet" action={newApp}>
          {newApp
            ? "Register the program that will call your APIs. It then gets keys of its own, so that each can be rotated or revoked alone."
            : "An Owner or Admin of the organization registers apps here."}
        </EmptyState>
      }
    />
  );
}
