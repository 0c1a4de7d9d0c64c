"use client";

import { parseAsString, useQueryState } from "nuqs";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { formatCount, formatNumber } from "@/lib/format";
import type { StreamRecord } from "@/lib/streams/schema";
import { StreamSheet } from "./stream-sheet";
import { behind, KINDS, StreamState } from "./stream-words";

const column = columnsOf<StreamRecord>();
const columns = column.columns([
  column.accessor("name", {
    header: "Stream",
    meta: { isPrimary: true },
    cell: ({ row: { original } }) => <span className="font-semi wrap-anywhere">{original.name}</span>,
  }),
  column.accessor("status", {
    header: "State",
    cell: ({ row: { original } }) => <StreamState status={original.status} />,
  }),
  column.accessor("url", {
    header: "Sent to",
    cell: ({ row: { original } }) => (
      <>
        <span className="block text-ink-3">{KINDS[original.kind]}</span>
        <span className="font-mono text-xs wrap-anywhere">{original.url}</span>
      </>
    ),
  }),
  column.accessor(behind, {
    id: "behind",
    header: "Waiting",
    cell: ({ row: { original } }) => (
      <span className="tabular-nums">{behind(original) === 0 ? "none" : formatNumber(behind(original))}</span>
    ),
  }),
  column.accessor("deliveredAt", {
    header: "Last delivered",
    meta: { isWideOnly: true },
    cell: ({ row: { original } }) => (
      <Time value={original.deliveredAt} none="never" tabIndex={-1} className="text-ink-3" />
    ),
  }),
]);

interface StreamTableProps {
  rows: readonly StreamRecord[];
  may: { create: boolean; update: boolean; delete: boolean };
}

export function StreamTable({ rows, may }: StreamTableProps) {
  const [openId, setOpenId] = useQueryState("stream", parseAsString.withOptions({ history: "push", scroll: false }));
  const open = rows.find(({ ZUID }) => ZUID === openId);
  return (
    <>
      <DataTable
        label="Streams"
        columns={columns}
        rows={rows}
        rowId={({ ZUID }) => ZUID}
        onOpen={({ ZUID }) => void setOpenId(ZUID)}
        summary={formatCount(rows.length, "stream")}
        isEnded={({ status }) => status === "paused"}
        empty={
          <EmptyState title="The trail is sent nowhere">
            {may.create
              ? "Create a stream to have every event sent to your SIEM or log server, signed, within seconds."
              : "An Owner or Admin can have every event sent to a SIEM or log server."}
          </EmptyState>
        }
      />
      {open && <StreamSheet key={open.ZUID} stream={open} may={may} onClose={() => void setOpenId(null)} />}
    </>
  );
}
