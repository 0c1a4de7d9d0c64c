"use client";

import { useState } from "react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { lateDialog } from "@/components/late";
import { EmptyState } from "@/components/ui/empty-state";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { ResourceRecord } from "@/lib/resources/schema";
import type { ResourceDialog } from "./resource-dialogs";

const ResourceDialogs = lateDialog(() => import("./resource-dialogs").then((loaded) => loaded.ResourceDialogs));

const column = columnsOf<ResourceRecord>();
const columns = column.columns([
  column.accessor("name", {
    header: "Resource",
    meta: { isPrimary: true },
    cell: ({ row: { original } }) => <code className="font-mono text-s">{original.name}</code>,
  }),
  column.accessor("kind", {
    header: "Kind",
    cell: ({ row: { original } }) =>
      original.kind === "registered" ? <Status tone="ok">Registered</Status> : <Status tone="idle">Built in</Status>,
  }),
  column.accessor("description", {
    header: "Description",
    cell: ({ row: { original } }) => <span className="text-ink-2">{original.description || "–"}</span>,
  }),
  column.accessor((row) => row.endpoints.length, {
    id: "endpoints",
    header: "Endpoints",
    cell: ({ row: { original } }) =>
      original.endpoints.length > 0 ? (
        formatCount(original.endpoints.length, "endpoint")
      ) : (
        <span className="text-ink-3">none listed</span>
      ),
  }),
  column.accessor("updatedAt", {
    header: "Changed",
    meta: { isWideOnly: true },
    cell: ({ row: { original } }) => (
      <Time value={original.updatedAt} none="never" tabIndex={-1} className="text-ink-3" />
    ),
  }),
]);

interface ResourceTableProps {
  rows: readonly ResourceRecord[];
  may: { register: boolean; update: boolean; delete: boolean };
}

export function ResourceTable({ rows, may }: ResourceTableProps) {
  const [dialog, setDialog] = useState<{ name: ResourceDialog; resource: ResourceRecord }>();
  const open = (name: ResourceDialog) => (resource: ResourceRecord) => setDialog({ name, resource });
  const registered = rows.filter(({ kind }) => kind === "registered").length;
  return (
    <>
      <DataTable
        label="Resources"
        columns={columns}
        rows={rows}
        rowId={({ name }) => name}
        onOpen={open("view")}
        summary={`${formatCount(rows.length, "resource")}, ${registered === 0 ? "all built in" : `${registered} registered`}`}
        empty={<EmptyState title="No resource">There is nothing that roles could name.</EmptyState>}
      />
      {registered === 0 && may.register && (
        <p className="mt-3 text-s text-ink-3">
          Nothing of your own is registered yet. Register what your APIs serve, such as <code>orders</code>, and roles
          and apps can name it.
        </p>
      )}
      <ResourceDialogs
        dialog={dialog}
        close={() => setDialog(undefined)}
        edit={may.update ? open("edit") : undefined}
        remove={may.delete ? open("delete") : undefined}
      />
    </>
  );
}
