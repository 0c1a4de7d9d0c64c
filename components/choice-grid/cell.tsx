"use client";

import { Check, Lock, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Choice } from "@/components/choice-grid/places";
import { cn } from "@/components/cn";

interface LineProps {
  header: ReactNode;
  part?: string;
  span: number;
  children: ReactNode;
}

/** A row, after the title of its part when it begins one. */
export function Line({ header, part, span, children }: LineProps) {
  return (
    <>
      {part && (
        <tr role="row">
          <th
            role="rowheader"
            colSpan={span}
            className="border-b bg-sunken py-1.5 pl-4 text-left text-xs font-medium text-ink-3 max-sm:pl-3"
          >
            {part}
          </th>
        </tr>
      )}
      <tr role="row" className="hover:bg-hover">
        <th role="rowheader" scope="row" className="border-b pl-4 text-left font-normal max-sm:pl-3">
          {header}
        </th>
        {children}
      </tr>
    </>
  );
}

const LOOKS = {
  yes: [Check, "bg-ok-soft text-ok"],
  no: [X, "bg-bad-soft text-bad"],
  "faint-yes": [Check, "text-ink-3"],
  "faint-no": [Minus, "text-ink-3 opacity-45"],
  open: [Minus, "text-ink-3 opacity-45"],
} as const;

interface CellProps {
  place: string;
  cell?: Choice;
  isActive: boolean;
  isReadOnly: boolean;
  onFocus: () => void;
  onPress: () => void;
}

export function Cell({ place, cell, isActive, isReadOnly, onFocus, onPress }: CellProps) {
  if (!cell) return <td role="gridcell" aria-label="nothing to choose" className="border-b" />;
  const [Icon, look] = LOOKS[cell.look];
  const isFixed = isReadOnly || cell.lock !== undefined;
  return (
    <td
      role="gridcell"
      data-cell={place}
      tabIndex={isActive ? 0 : -1}
      aria-label={`${cell.label}${cell.isChanged ? ", changed" : ""}${cell.lock ? `, ${cell.lock}` : ""}`}
      aria-readonly={isFixed || undefined}
      onFocus={onFocus}
      onClick={onPress}
      className={cn("h-9 border-b p-0.5 -outline-offset-2 select-none", !isFixed && "cursor-pointer")}
    >
      <span
        className={cn(
          "relative mx-auto grid h-full max-w-16 place-items-center rounded-1",
          look,
          cell.isChanged && "inset-ring-2 inset-ring-accent",
        )}
      >
        <Icon aria-hidden className="size-4" />
        {cell.lock && <Lock aria-hidden className="absolute top-0.5 right-0.5 size-2.5 text-ink-3" />}
      </span>
    </td>
  );
}
