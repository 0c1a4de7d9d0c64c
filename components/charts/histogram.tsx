"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { cn } from "@/components/cn";

interface HistogramProps {
  counts: readonly number[];
  label: string;
  /** The spans from one to another, inclusive, in words. */
  say: (first: number, last: number) => string;
  /** Shows more of these spans. */
  onZoom: (first: number, last: number) => void;
}

/** Columns of which some can be chosen, by dragging or with Shift and the arrow keys, to look at more closely. */
export function Histogram({ counts, label, say, onZoom }: HistogramProps) {
  const [chosen, choose] = useState<{ anchor: number; at: number }>();
  const [isDragging, setDragging] = useState(false);
  const most = Math.max(...counts, 1);
  const end = counts.length - 1;
  const [first, last] = chosen ? [chosen.anchor, chosen.at].sort((a, b) => a - b) : [undefined, undefined];

  function zoom() {
    if (first !== undefined && last !== undefined) onZoom(first, last);
    choose(undefined);
  }

  function onKeyDown(event: KeyboardEvent) {
    const from = chosen?.at ?? end;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: end }[event.key];
    if (to !== undefined) {
      const at = Math.min(Math.max(to, 0), end);
      choose({ anchor: event.shiftKey ? (chosen?.anchor ?? from) : at, at });
    } else if (event.key === "Enter") zoom();
    else if (event.key === "Escape" && chosen) choose(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const indexOf = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(end, Math.max(0, Math.floor(((event.clientX - left) / width) * counts.length)));
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={counts.length}
      aria-valuenow={(chosen?.at ?? end) + 1}
      aria-valuetext={say(first ?? end, last ?? end)}
      onKeyDown={onKeyDown}
      onBlur={() => choose(undefined)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        choose({ anchor: indexOf(event), at: indexOf(event) });
      }}
      onPointerMove={(event) => {
        const at = indexOf(event);
        choose((known) => ({ anchor: isDragging && known ? known.anchor : at, at }));
      }}
      onPointerUp={() => {
        if (isDragging) zoom();
        setDragging(false);
      }}
      onPointerCancel={() => {
        setDragging(false);
        choose(undefined);
      }}
      onPointerLeave={() => !isDragging && choose(undefined)}
      className="relative flex h-14 cursor-crosshair touch-pan-y items-end rounded-1 select-none"
    >
      {counts.map((count, i) => {
        const isChosen = first !== undefined && last !== undefined && i >= first && i <= last;
        return (
          <div key={i} aria-hidden className={cn("flex h-full min-w-0 flex-1 items-end px-px", isChosen && "bg-hover")}>
            <div
              className={cn("w-full rounded-t-[2px]", isChosen ? "bg-accent" : "bg-line-strong")}
              style={{ height: count === 0 ? 1 : `max(3px, ${(count / most) * 100}%)` }}
            />
          </div>
        );
      })}
      {chosen && first !== undefined && last !== undefined && (
        <p
          aria-hidden
          className="pointer-events-none absolute bottom-full z-10 mb-1 rounded-1 bg-ink px-2 py-1 text-xs whitespace-nowrap text-on-ink tabular-nums"
          style={
            (first + last) / 2 < counts.length / 2
              ? { left: `${(first / counts.length) * 100}%` }
              : { right: `${((end - last) / counts.length) * 100}%` }
          }
        >
          {say(first, last)}
        </p>
      )}
    </div>
  );
}
