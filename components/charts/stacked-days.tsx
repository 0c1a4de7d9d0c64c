"use client";

import { type KeyboardEvent, useState } from "react";
import { cn } from "@/components/cn";

export interface Column {
  good: number;
  bad: number;
  /** The column in words. */
  said: string;
}

interface StackedDaysProps {
  columns: readonly Column[];
  label: string;
  /** What stands below the first column. */
  start: string;
  /** What is said as long as no column is chosen. */
  summary: string;
}

const HEIGHT = 112;

/** Columns of two parts. Pointing at one, or moving to it with the arrow keys, says it in words. */
export function StackedDays({ columns, label, start, summary }: StackedDaysProps) {
  const [chosen, choose] = useState<number>();
  const most = Math.max(...columns.map(({ good, bad }) => good + bad), 1);
  const last = columns.length - 1;
  const tall = (count: number) => (count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT)));

  function onKeyDown(event: KeyboardEvent) {
    const from = chosen ?? last;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(Math.min(Math.max(to, 0), last));
  }

  return (
    <div>
      <p className="min-h-10 text-s text-ink-2 sm:min-h-5">{chosen === undefined ? summary : columns[chosen]?.said}</p>
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={columns.length}
        aria-valuenow={(chosen ?? last) + 1}
        aria-valuetext={columns[chosen ?? last]?.said}
        onKeyDown={onKeyDown}
        onFocus={() => choose((index) => index ?? last)}
        onBlur={() => choose(undefined)}
        onPointerLeave={() => choose(undefined)}
        className="mt-2 flex rounded-1"
        style={{ height: HEIGHT }}
      >
        {columns.map(({ good, bad }, i) => (
          <div
            key={i}
            aria-hidden
            onPointerEnter={() => choose(i)}
            className={cn("flex h-full min-w-0 flex-1 flex-col justify-end px-px", chosen === i && "bg-hover")}
          >
            <div className="rounded-t-[2px] bg-accent" style={{ height: tall(good) }} />
            <div className="bg-bad" style={{ height: tall(bad) }} />
            <div className="h-px shrink-0 bg-line-strong" />
          </div>
        ))}
      </div>
      <div aria-hidden className="mt-1.5 flex justify-between text-xs text-ink-3">
        <span>{start}</span>
        <span>today</span>
      </div>
    </div>
  );
}
