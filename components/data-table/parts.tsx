"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "@/components/cn";
import type { ColumnLook } from "@/components/data-table/columns";
import type { TableQuery } from "@/components/data-table/query";
import { Checkbox } from "@/components/ui/checkbox";
import { PageLink } from "@/components/ui/page-link";

export function HeaderCell({
  look = {},
  query,
  children,
}: {
  look?: ColumnLook;
  query: TableQuery;
  children: ReactNode;
}) {
  const { sortKey, align, className } = look;
  const dir = sortKey !== undefined && query.sort?.key === sortKey ? query.sort.dir : undefined;
  const Arrow = dir === "desc" ? ArrowDown : ArrowUp;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={dir && (dir === "asc" ? "ascending" : "descending")}
      className={cn(
        "sticky top-(--top-bar) z-10 h-8 border-b bg-surface px-3 text-left font-medium whitespace-nowrap text-ink-3 first:rounded-tl-2 first:pl-4 last:rounded-tr-2",
        align === "right" && "text-right",
        className,
      )}
    >
      {sortKey === undefined ? (
        children
      ) : (
        <button
          type="button"
          onClick={() =>
            query.setSort(dir === "desc" ? undefined : { key: sortKey, dir: dir === "asc" ? "desc" : "asc" })
          }
          className={cn(
            "group inline-flex h-6 items-center gap-1 rounded-1 hover:text-ink",
            align === "right" && "flex-row-reverse",
            dir && "text-ink",
          )}
        >
          {children}
          <Arrow
            aria-hidden
            className={cn("size-3", !dir && "opacity-0 group-hover:opacity-50 group-focus-visible:opacity-50")}
          />
        </button>
      )}
    </th>
  );
}

interface RowLineProps {
  cells: { id: string; label: string; look?: ColumnLook; content: ReactNode }[];
  href?: string;
  open?: () => void;
  /** Undefined where no row can be selected. */
  selection?: { isOn: boolean; isPossible: boolean; label: string; change: (isOn: boolean) => void };
  isNew: boolean;
  isEnded: boolean;
}

export function RowLine({ cells, href, open, selection, isNew, isEnded }: RowLineProps) {
  // A click on a control inside the row, or the end of selecting text, is not a click on the row.
  function onClick(event: MouseEvent<HTMLTableRowElement>) {
    const isControl = (event.target as Element).closest("a, button, input, label, [role=menuitem], time") !== null;
    if (!open || isControl || !event.currentTarget.contains(event.target as Node) || getSelection()?.toString()) return;
    open();
  }

  return (
    <tr
      role="row"
      tabIndex={-1}
      aria-selected={selection?.isOn}
      onClick={onClick}
      className={cn(
        "group/row scroll-mt-24 -outline-offset-2 hover:bg-hover focus-visible:bg-hover",
        "max-sm:relative max-sm:block max-sm:border-b max-sm:px-4 max-sm:py-3 max-sm:last:border-b-0",
        open && "cursor-pointer",
        selection?.isOn && "bg-accent-soft/60 hover:bg-accent-soft/80",
        isNew && "bg-accent-soft/60",
        isEnded && "text-ink-3",
      )}
    >
      {selection && (
        <td
          role="cell"
          className="w-10 border-b pl-4 group-last/row:border-b-0 max-sm:float-left max-sm:w-7 max-sm:border-b-0 max-sm:p-0 max-sm:pt-0.5"
        >
          {selection.isPossible && (
            <Checkbox
              aria-label={selection.label}
              checked={selection.isOn}
              onCheckedChange={(on) => selection.change(on)}
            />
          )}
        </td>
      )}
      {cells.map(({ id, label, look = {}, content }) => (
        <td
          key={id}
          role="cell"
          className={cn(
            "h-(--row) max-w-72 truncate border-b px-3 whitespace-nowrap group-last/row:border-b-0 first:pl-4",
            "max-sm:flex max-sm:h-auto max-sm:max-w-none max-sm:justify-between max-sm:gap-4 max-sm:border-b-0 max-sm:px-0 max-sm:py-[3px] max-sm:first:pl-0",
            look.align === "right" && "text-right tabular-nums",
            look.isPrimary && "max-w-80 max-sm:pr-10 max-sm:pb-1.5 max-sm:text-m",
            look.isActions &&
              "w-10 pr-2 text-right max-sm:absolute max-sm:top-2 max-sm:right-2 max-sm:w-auto max-sm:p-0",
            look.isWideOnly && "max-sm:hidden",
            look.className,
          )}
        >
          {!look.isPrimary && !look.isActions && <span className="shrink-0 text-ink-3 sm:hidden">{label}</span>}
          {look.isPrimary ? (
            <Primary href={href} open={open} isEnded={isEnded}>
              {content}
            </Primary>
          ) : (
            <Cell isActions={look.isActions}>{content}</Cell>
          )}
        </td>
      ))}
    </tr>
  );
}

function Cell({ isActions, children }: { isActions?: boolean; children: ReactNode }) {
  return isActions ? (
    children
  ) : (
    <span className="max-sm:min-w-0 max-sm:truncate max-sm:text-right sm:contents">{children}</span>
  );
}

function Primary({
  href,
  open,
  isEnded,
  children,
}: {
  href?: string;
  open?: () => void;
  isEnded: boolean;
  children: ReactNode;
}) {
  const look = cn(
    "inline-block max-w-full truncate rounded-[2px] align-middle font-semi text-ink",
    isEnded && "text-ink-3 line-through",
  );
  if (href) {
    return (
      <PageLink href={href} className={cn(look, "hover:underline")}>
        {children}
      </PageLink>
    );
  }
  if (!open) return <span className={look}>{children}</span>;
  return (
    <button type="button" onClick={open} className={cn(look, "hover:underline")}>
      {children}
    </button>
  );
}

/** What the row's first column calls it. */
export const nameOf = (line: { getVisibleCells: () => { column: NamedColumn; getValue: () => unknown }[] }) =>
  String(
    line
      .getVisibleCells()
      .find(({ column }) => column.columnDef.meta?.isPrimary)
      ?.getValue() ?? "this row",
  );

type NamedColumn = { columnDef: { meta?: { isPrimary?: boolean } } };
