"use client";

import { useSearchParams } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { type ReactNode, useMemo } from "react";
import { useIsHydrated } from "@/components/clock";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Status } from "@/components/ui/status";
import { useLive } from "@/components/live";
import { Time } from "@/components/ui/time";
import type { EventRecord } from "@/lib/audit/schema";
import { formatCount } from "@/lib/format";
import type { ViewRecord } from "@/lib/views/schema";
import { eventFilters } from "./event-filters";
import { EventSheet } from "./event-sheet";
import { ACTOR_KIND, OUTCOME_TONE } from "./event-words";
import { ExportMenu } from "./export-menu";
import { LiveSwitch, useLiveTail } from "./live-switch";
import { SavedViews } from "./saved-views";
import { useZone, ZoneSwitch } from "./zone";

/** The time in the zone that the page shows. */
function Moment({ at }: { at: string }) {
  const [zone] = useZone();
  return (
    <Time
      precise
      value={at}
      zone={zone === "utc" ? "UTC" : undefined}
      tabIndex={-1}
      className="font-mono text-xs text-ink-2"
    />
  );
}

const column = columnsOf<EventRecord>();
const columns = column.columns([
  column.accessor("occurredAt", {
    id: "when",
    header: "When",
    meta: { sortKey: "position", className: "sm:w-52" },
    cell: ({ row: { original } }) => <Moment at={original.occurredAt} />,
  }),
  column.accessor((event) => event.actor.name, {
    id: "actor",
    header: "Actor",
    meta: { isPrimary: true },
    cell: ({ row: { original } }) => (
      <>
        {original.actor.name}
        {original.actor.type !== "system" && (
          <span className="font-normal text-ink-3"> {ACTOR_KIND[original.actor.type]}</span>
        )}
      </>
    ),
  }),
  column.accessor("action", {
    id: "did",
    header: "Did",
    cell: ({ row: { original } }) => <code className="font-mono text-xs text-ink-2">{original.action}</code>,
  }),
  column.accessor((event) => event.target.name, { id: "target", header: "Target" }),
  column.accessor("outcome", {
    id: "outcome",
    header: "Outcome",
    meta: { className: "sm:w-32" },
    cell: ({ row: { original } }) => <Status tone={OUTCOME_TONE[original.outcome]}>{original.outcome}</Status>,
  }),
]);

interface EventTableProps {
  /** When the events happened. */
  chart: ReactNode;
  views: readonly ViewRecord[];
  /** Which parameters of the address are filters. */
  filterKeys: readonly string[];
  /** The reader, whose views are theirs to change. */
  ownId: string;
  /** The log of the reader's organization. */
  log: string;
  rows: readonly EventRecord[];
  /** Left out where counting would take long. */
  total?: number;
  nextCursor?: string;
  previousCursor?: string;
  /** The names behind the ids that are filtered by. */
  names: Record<string, string>;
  /** The event of the address when it is not among the rows. */
  linked?: EventRecord;
}

export function EventTable(props: EventTableProps) {
  const { chart, views, filterKeys, ownId, log, total, nextCursor, previousCursor, names, linked } = props;
  const search = useSearchParams();
  const filtersSet = partOf(search, filterKeys);
  const tail = useLiveTail();
  const live = partOf(search, [...filterKeys, "limit"]);
  const rows = useLive(`/v1/audit-events?${live}`, props.rows, { isOn: tail.isOn, everyMs: 2000 });
  // The event is among the rows already: opening it asks the server for nothing.
  const [openId, setOpenId] = useQueryState("event", parseAsString.withOptions({ history: "push", scroll: false }));
  const [zone] = useZone();
  // The server does not know the reader's zone: the page begins alike on both sides.
  const shownZone = useIsHydrated() && zone !== "utc" ? undefined : "UTC";
  const filters = useMemo(() => eventFilters(names, shownZone), [names, shownZone]);
  const shown = [...rows, linked].find((event) => event?.ZUID === openId);
  return (
    <>
      <DataTable
        label="Events"
        columns={columns}
        rows={rows}
        rowId={(event) => event.ZUID}
        onOpen={(event) => void setOpenId(event.ZUID)}
        highlightId={openId ?? undefined}
        nextCursor={nextCursor}
        previousCursor={previousCursor}
        searchLabel="Search events"
        filters={filters}
        defaultSort={{ key: "position", dir: "desc" }}
        chart={chart}
        extra={
          <>
            <SavedViews views={views} filters={filtersSet} ownId={ownId} />
            <LiveSwitch isOn={tail.isOn} onToggle={tail.toggle} />
            <ZoneSwitch />
            <ExportMenu filters={filtersSet} />
          </>
        }
        summary={total !== undefined && formatCount(total, "event")}
        empty={
          <EmptyState title="No event yet">Every change and every refusal will appear here as it happens.</EmptyState>
        }
      />
      <EventSheet id={openId} event={shown} log={log} onClose={() => void setOpenId(null)} />
    </>
  );
}

/** Those parameters of an address that are among the keys, as a query string. */
function partOf(search: Iterable<[string, string]>, keys: readonly string[]): string {
  return new URLSearchParams([...search].filter(([key]) => keys.includes(key))).toString();
}
