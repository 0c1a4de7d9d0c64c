"use client";

import { useTable, type RowSelectionState } from "@tanstack/react-table";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { cn } from "@/components/cn";
import { features, type Columns } from "@/components/data-table/columns";
import type { FilterSpec } from "@/components/data-table/filter-button";
import { HeaderCell, nameOf, RowLine } from "@/components/data-table/parts";
import { Pager } from "@/components/data-table/pager";
import { useTableQuery, type Sort } from "@/components/data-table/query";
import { useRowKeys } from "@/components/data-table/row-keys";
import { Toolbar } from "@/components/data-table/toolbar";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { formatCount } from "@/lib/format";

export interface DataTableProps<Row extends object> {
  /** What the rows are, in the plural: "Apps". */
  label: string;
  /** From `columnsOf<Row>().columns([…])`, made once outside the component. */
  columns: Columns<Row>;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  nextCursor?: string;
  previousCursor?: string;
  /** Where a row leads; or `onOpen` when it opens in place. */
  href?: (row: Row) => string;
  onOpen?: (row: Row) => void;
  searchLabel?: string;
  filters?: readonly FilterSpec[];
  defaultSort?: Sort;
  extra?: ReactNode;
  summary?: ReactNode;
  /** Between the controls and the table: a chart of what is in it. */
  chart?: ReactNode;
  /** Makes rows selectable; answers the buttons for the selected ones. */
  bulkActions?: (rows: Row[], clear: () => void) => ReactNode;
  /** Those rows alone can be selected. */
  isSelectable?: (row: Row) => boolean;
  /** What stands there when nothing exists yet; leads to the action. */
  empty: ReactNode;
  error?: { message: string; requestId?: string };
  /** The row that has just come to be. */
  highlightId?: string;
  /** Grays a row out, for what has ended. */
  isEnded?: (row: Row) => boolean;
}

const NO_FILTERS: readonly FilterSpec[] = [];

/** A list whose search, filters, sort and page live in the address, so that the server component reads them. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, href, onOpen, filters = NO_FILTERS, bulkActions, error, highlightId } = props;
  const router = useRouter();
  const query = useTableQuery(
    filters.map((filter) => filter.key),
    props.defaultSort,
  );
  const [rowSelection, onRowSelectionChange] = useState<RowSelectionState>({});
  const columnVisibility = useMemo(() => Object.fromEntries(query.hidden.map((id) => [id, false])), [query.hidden]);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    state: { rowSelection, columnVisibility },
    onRowSelectionChange,
    enableRowSelection: (line) => bulkActions !== undefined && (props.isSelectable?.(line.original) ?? true),
  });
  const lines = table.getRowModel().rows;
  const selected = table.getSelectedRowModel().rows;
  const leaves = table.getAllLeafColumns();

  const search = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const openRow = (row: Row) => (onOpen ? onOpen(row) : href && router.push(href(row)));
  const open = href || onOpen ? openRow : undefined;
  useRowKeys({
    search,
    body,
    open: (index) => lines[index] && open?.(lines[index].original),
    toggle: bulkActions && ((index) => lines[index]?.getCanSelect() && lines[index].toggleSelected()),
  });

  return (
    <section aria-label={label} aria-busy={query.isPending}>
      <Toolbar
        query={query}
        searchRef={search}
        searchLabel={props.searchLabel}
        filters={filters}
        extra={props.extra}
        summary={props.summary}
        hideable={leaves
          .filter(({ columnDef }) => !columnDef.meta?.isPrimary && !columnDef.meta?.isActions)
          .map(({ id, columnDef }) => ({ id, label: String(columnDef.header ?? id) }))}
        sorts={leaves.flatMap(({ id, columnDef: { meta, header } }) =>
          meta?.sortKey ? [{ key: meta.sortKey, label: String(header ?? id) }] : [],
        )}
      />
      <p role="status" className="sr-only">
        {query.isPending ? "Loading" : `${formatCount(lines.length, "row")} shown`}
      </p>
      {props.chart}
      <div className="relative rounded-2 border bg-surface max-lg:overflow-x-auto max-sm:overflow-hidden">
        {error ? (
          <ErrorState title={`${label} could not be loaded`} requestId={error.requestId} onRetry={router.refresh}>
            {error.message}
          </ErrorState>
        ) : lines.length === 0 ? (
          query.isFiltered || query.cursor ? (
            <EmptyState title="Nothing matches" action={<Button onClick={query.clear}>Show all</Button>}>
              No row fits the search, filters and page asked for.
            </EmptyState>
          ) : (
            props.empty
          )
        ) : (
          <table
            role="table"
            aria-label={label}
            className={cn(
              "w-full border-separate border-spacing-0 text-s max-sm:block",
              query.isPending && "opacity-60",
            )}
          >
            <thead role="rowgroup" className="max-sm:sr-only">
              {table.getHeaderGroups().map((group) => (
                <tr role="row" key={group.id}>
                  {bulkActions && (
                    <th
                      role="columnheader"
                      className="sticky top-(--top-bar) z-10 w-10 rounded-tl-2 border-b bg-surface pl-4"
                    >
                      <Checkbox
                        aria-label="Select all rows of this page"
                        checked={table.getIsAllPageRowsSelected() || (selected.length > 0 && "indeterminate")}
                        onCheckedChange={(on) => table.toggleAllPageRowsSelected(on)}
                      />
                    </th>
                  )}
                  {group.headers.map((header) => (
                    <HeaderCell key={header.id} look={header.column.columnDef.meta} query={query}>
                      <table.FlexRender header={header} />
                    </HeaderCell>
                  ))}
                </tr>
              ))}
            </thead>
            <tbody role="rowgroup" ref={body} className="max-sm:block">
              {lines.map((line) => (
                <RowLine
                  key={line.id}
                  selection={
                    bulkActions && {
                      isOn: rowSelection[line.id] === true,
                      isPossible: line.getCanSelect(),
                      label: `Select ${nameOf(line)}`,
                      change: (isOn) => line.toggleSelected(isOn),
                    }
                  }
                  isNew={line.id === highlightId}
                  isEnded={props.isEnded?.(line.original) ?? false}
                  href={href?.(line.original)}
                  open={open && (() => open(line.original))}
                  cells={line.getVisibleCells().map((cell) => ({
                    id: cell.id,
                    label: String(cell.column.columnDef.header ?? ""),
                    look: cell.column.columnDef.meta,
                    content: <table.FlexRender cell={cell} />,
                  }))}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
      <Pager query={query} nextCursor={props.nextCursor} previousCursor={props.previousCursor} />
      {bulkActions && selected.length > 0 && (
        <div className="sticky bottom-4 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-2 bg-surface px-3 py-2 text-s shadow-pop">
          <span role="status" className="mr-2 tabular-nums">
            {selected.length} selected
          </span>
          {bulkActions(
            selected.map((line) => line.original),
            () => onRowSelectionChange({}),
          )}
          <Button variant="ghost" onClick={() => onRowSelectionChange({})}>
            Clear
          </Button>
        </div>
      )}
    </section>
  );
}
