"use client";

import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Id } from "@/components/ui/id";
import { Time } from "@/components/ui/time";
import type { InstanceRecord } from "@/lib/instances/schema";

const column = columnsOf<InstanceRecord>();
const columns = column.columns([
  column.accessor("name", { header: "Instance", meta: { isPrimary: true, sortKey: "name" } }),
  column.accessor("domain", {
    header: "Domain",
    cell: ({ row: { original } }) =>
      original.domain ? (
        <span className="text-ink-2">{original.domain}</span>
      ) : (
        <span className="text-ink-3">none</span>
      ),
  }),
  column.accessor("ZUID", {
    header: "Id",
    cell: ({ row: { original } }) => <Id value={original.ZUID} tabIndex={-1} />,
  }),
  column.accessor("createdAt", {
    header: "Created",
    meta: { sortKey: "createdAt", isWideOnly: true },
    cell: ({ row: { original } }) => <Time value={original.createdAt} tabIndex={-1} className="text-ink-3" />,
  }),
]);

interface InstanceTableProps {
  rows: readonly InstanceRecord[];
  nextCursor?: string;
  summary: string;
}

export function InstanceTable({ rows, nextCursor, summary }: InstanceTableProps) {
  return (
    <DataTable
      label="Instances"
      columns={columns}
      rows={rows}
      rowId={(instance) => instance.ZUID}
      href={(instance) => `/instances/${instance.ZUID}`}
      nextCursor={nextCursor}
      searchLabel="Search instances"
      defaultSort={{ key: "name", dir: "asc" }}
      summary={summary}
      empty={<EmptyState title="No instance">Your roles show no instance of the organization.</EmptyState>}
    />
  );
}
