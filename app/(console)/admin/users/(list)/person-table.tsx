"use client";

import { useMemo } from "react";
import { PEOPLE_PATH } from "@/app/(console)/admin/users/crumbs";
import { PersonState } from "@/app/(console)/admin/users/person-state";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FilterSpec } from "@/components/data-table/filter-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import type { HeldRoleName, PersonRecord } from "@/lib/users/schema";

const column = columnsOf<PersonRecord>();
const columns = column.columns([
  column.accessor((person) => `${person.firstName} ${person.lastName}`.trim(), {
    id: "name",
    header: "Name",
    meta: { isPrimary: true, sortKey: "name", className: "sm:max-w-60" },
  }),
  column.accessor("email", { header: "E-mail", meta: { sortKey: "email", className: "sm:max-w-44 xl:max-w-56" } }),
  column.display({
    id: "roles",
    header: "Roles",
    meta: { className: "sm:max-w-44 xl:max-w-56" },
    cell: ({ row: { original } }) => <Roles roles={original.roles} />,
  }),
  column.accessor("kind", {
    header: "Kind",
    cell: ({ row: { original } }) => <span className="text-ink-2">{original.kind}</span>,
  }),
  column.accessor("status", {
    header: "State",
    cell: ({ row: { original } }) => <PersonState status={original.status} />,
  }),
  column.accessor("hasSecondFactor", {
    header: "Second factor",
    cell: ({ row: { original } }) => (original.hasSecondFactor ? "on" : <span className="text-ink-3">off</span>),
  }),
  column.accessor("lastLogin", {
    header: "Last sign-in",
    cell: ({ row: { original } }) => (
      <Time value={original.lastLogin} none="never" tabIndex={-1} className="text-ink-3" />
    ),
  }),
]);

/** The first, and how many more. */
function Roles({ roles: [first, ...others] }: { roles: HeldRoleName[] }) {
  if (!first) return <span className="text-ink-3">none</span>;
  return (
    <>
      {first.name}
      {first.instance && <span className="text-ink-3"> on {first.instance.name}</span>}
      {others.length > 0 && <span className="text-ink-3"> and {others.length} more</span>}
    </>
  );
}

const filters: FilterSpec[] = [
  {
    key: "status",
    label: "State",
    options: [
      { value: "active", label: "Active" },
      { value: "invited", label: "Invited" },
      { value: "deactivated", label: "Deactivated" },
    ],
  },
  {
    key: "kind",
    label: "Kind",
    options: [
      { value: "employee", label: "Employees" },
      { value: "guest", label: "Guests" },
    ],
  },
];

const systemRoles = SYSTEM_ROLES.map(({ id, name }) => ({ value: id, label: name }));

interface PersonTableProps {
  rows: readonly PersonRecord[];
  nextCursor?: string;
  summary: string;
  /** The one role that the address asks for. */
  role?: { value: string; label: string };
}

export function PersonTable({ rows, nextCursor, summary, role }: PersonTableProps) {
  const withRoles = useMemo(
    () => [...filters, { key: "role", label: "Role", options: role ? [role, ...systemRoles] : systemRoles }],
    [role],
  );
  return (
    <DataTable
      label="People"
      columns={columns}
      rows={rows}
      rowId={(person) => person.ZUID}
      href={(person) => `${PEOPLE_PATH}/${person.ZUID}`}
      nextCursor={nextCursor}
      searchLabel="Search people"
      filters={withRoles}
      defaultSort={{ key: "name", dir: "asc" }}
      summary={summary}
      isEnded={(person) => person.status === "deactivated"}
      empty={<EmptyState title="Nobody yet">Whoever is invited and accepts appears here.</EmptyState>}
    />
  );
}
