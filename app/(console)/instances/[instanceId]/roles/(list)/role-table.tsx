"use client";

import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FilterSpec } from "@/components/data-table/filter-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatNumber } from "@/lib/format";
import type { RoleInUse } from "@/lib/holders/schema";

const column = columnsOf<RoleInUse>();
const columns = column.columns([
  column.accessor("name", { header: "Role", meta: { isPrimary: true, sortKey: "name" } }),
  column.display({
    id: "where",
    header: "Applies to",
    cell: ({ row: { original } }) =>
      original.isEverywhere ? <Status>Every instance</Status> : <span className="text-ink-3">this instance</span>,
  }),
  column.display({
    id: "base",
    header: "Based on",
    cell: ({ row: { original } }) =>
      original.static ? <span className="text-ink-3">base role</span> : original.systemRole.name,
  }),
  column.display({
    id: "rules",
    header: "Rules",
    meta: { align: "right" },
    cell: ({ row: { original } }) => <Amount of={original.granularRoles?.length ?? 0} />,
  }),
  column.accessor("people", {
    header: "People",
    meta: { align: "right" },
    cell: ({ row: { original } }) => <Amount of={original.people} />,
  }),
  column.accessor("tokens", {
    header: "Tokens",
    meta: { align: "right" },
    cell: ({ row: { original } }) => <Amount of={original.tokens} />,
  }),
  column.accessor("updatedAt", {
    header: "Changed",
    meta: { sortKey: "updatedAt", isWideOnly: true },
    cell: ({ row: { original } }) => <Time value={original.updatedAt} tabIndex={-1} className="text-ink-3" />,
  }),
]);

const Amount = ({ of }: { of: number }) =>
  of === 0 ? <span className="text-ink-3">none</span> : <>{formatNumber(of)}</>;

const filters: FilterSpec[] = [
  {
    key: "kind",
    label: "Kind",
    options: [
      { value: "base", label: "Base roles" },
      { value: "custom", label: "Custom roles" },
    ],
  },
  {
    key: "scope",
    label: "Applies to",
    options: [
      { value: "instance", label: "This instance" },
      { value: "everywhere", label: "Every instance" },
    ],
  },
];

interface RoleTableProps {
  instanceId: string;
  rows: readonly RoleInUse[];
  nextCursor?: string;
  summary: string;
}

export function RoleTable({ instanceId, rows, nextCursor, summary }: RoleTableProps) {
  return (
    <DataTable
      label="Roles"
      columns={columns}
      rows={rows}
      rowId={(role) => role.ZUID}
      href={(role) => `/instances/${instanceId}/roles/${role.ZUID}`}
      nextCursor={nextCursor}
      searchLabel="Search roles"
      filters={filters}
      defaultSort={{ key: "name", dir: "asc" }}
      summary={summary}
      empty={
        <EmptyState title="No role">The base roles of this instance are missing; its API restores them.</EmptyState>
      }
    />
  );
}
