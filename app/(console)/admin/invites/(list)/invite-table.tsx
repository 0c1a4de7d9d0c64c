"use client";

import { createContext, use } from "react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FilterSpec } from "@/components/data-table/filter-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Status, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { InviteRecord, InviteStatus } from "@/lib/invites/schema";
import { InviteActions } from "./invite-actions";

const STATES: Record<InviteStatus, readonly [Tone, string]> = {
  open: ["ok", "Open"],
  expired: ["warn", "Expired"],
  accepted: ["idle", "Accepted"],
  declined: ["bad", "Declined"],
  canceled: ["idle", "Canceled"],
};

/** Where the reader may invite to: only those invitations have actions. */
const Places = createContext<readonly string[]>([]);

const column = columnsOf<InviteRecord>();
const columns = column.columns([
  column.accessor("inviteeEmail", { header: "Address", meta: { isPrimary: true, sortKey: "email" } }),
  column.accessor("inviteeName", {
    header: "Name",
    cell: ({ row: { original } }) => original.inviteeName || <span className="text-ink-3">not given</span>,
  }),
  column.accessor("roleName", {
    header: "Role",
    cell: ({ row: { original } }) => (
      <span>
        {original.roleName}{" "}
        <span className="text-ink-3">{original.instanceName ? `on ${original.instanceName}` : "everywhere"}</span>
      </span>
    ),
  }),
  column.display({
    id: "state",
    header: "State",
    cell: ({ row: { original } }) => <State invite={original} />,
  }),
  column.accessor("createdByName", { header: "Invited by" }),
  column.accessor("createdAt", {
    header: "Invited",
    meta: { sortKey: "createdAt" },
    cell: ({ row: { original } }) => <Time value={original.createdAt} tabIndex={-1} className="text-ink-3" />,
  }),
  column.display({
    id: "actions",
    header: "Actions",
    meta: { isActions: true },
    cell: ({ row: { original } }) => <RowActions invite={original} />,
  }),
]);

function State({ invite: { status, expiresAt, endedAt, endReason } }: { invite: InviteRecord }) {
  const [tone, word] = STATES[status];
  const isOwnWord = status === "canceled" && endReason && endReason !== "canceled";
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Status tone={tone}>{word}</Status>
      <span className="text-ink-3">
        {status === "open" ? <>ends </> : null}
        <Time value={endedAt ?? expiresAt} tabIndex={-1} />
        {isOwnWord && `, as ${endReason}`}
      </span>
    </span>
  );
}

function RowActions({ invite }: { invite: InviteRecord }) {
  const isOpen = invite.status === "open" || invite.status === "expired";
  return isOpen && use(Places).includes(invite.entityZUID) ? <InviteActions invite={invite} /> : null;
}

const filters: FilterSpec[] = [
  {
    key: "status",
    label: "State",
    options: [
      { value: "open", label: "Open" },
      { value: "ended", label: "Answered, canceled or expired" },
    ],
  },
];

interface InviteTableProps {
  rows: readonly InviteRecord[];
  nextCursor?: string;
  summary: string;
  places: readonly string[];
}

export function InviteTable({ rows, nextCursor, summary, places }: InviteTableProps) {
  return (
    <Places value={places}>
      <DataTable
        label="Invitations"
        columns={columns}
        rows={rows}
        rowId={(invite) => invite.ZUID}
        nextCursor={nextCursor}
        searchLabel="Search invitations"
        filters={filters}
        defaultSort={{ key: "createdAt", dir: "desc" }}
        summary={summary}
        isEnded={({ status }) => status === "canceled" || status === "declined"}
        empty={
          <EmptyState title="Nobody was invited yet">
            {places.length > 0
              ? "Invite a colleague: they choose their own password and hold the role you pick."
              : "An Owner or Admin invites the people of the organization."}
          </EmptyState>
        }
      />
    </Places>
  );
}
