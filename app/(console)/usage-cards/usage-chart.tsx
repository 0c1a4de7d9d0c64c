import type { ReactNode } from "react";
import { StackedDays } from "@/components/charts/stacked-days";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { formatNumber } from "@/lib/format";
import type { RefusalCode, UsageSeries, UsageSum } from "@/lib/usage/schema";
import { dayOf, dayWords, REASONS, refusalsIn, refusedOn, sumWords } from "./words";

interface UsageChartProps {
  title: string;
  usage: { days: UsageSeries; last24Hours: UsageSum; last30Days: UsageSum };
  /** Where the refusals of one reason are found. */
  href?: (code: RefusalCode) => string | undefined;
  empty: ReactNode;
}

/** Thirty days of calls, allowed and refused by reason, as columns and as a table. */
export function UsageChart({ title, usage: { days, last24Hours, last30Days }, href, empty }: UsageChartProps) {
  if (last30Days.allowed + last30Days.refused === 0) {
    return (
      <Card title={title}>
        <p className="text-s text-ink-2">{empty}</p>
      </Card>
    );
  }
  const columns = days.spans.map((span, i) => ({
    good: span.allowed,
    bad: refusedOn(span),
    said: dayWords(days, i),
  }));
  return (
    <Card title={title} aria-label={title}>
      <StackedDays
        columns={columns}
        label="Calls by day"
        start={dayOf(days.from, 0)}
        summary={`${sumWords(last30Days, "in 30 days")}; ${sumWords(last24Hours, "in the last 24 hours").toLowerCase()}.`}
      />
      <Legend days={days} allowed={last30Days.allowed} href={href} />
      <DayTable days={days} />
    </Card>
  );
}

function Legend({ days, allowed, href }: { days: UsageSeries; allowed: number } & Pick<UsageChartProps, "href">) {
  return (
    <ul aria-label="Of 30 days" className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-s text-ink-2">
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="size-2 rounded-[2px] bg-accent" />
        {formatNumber(allowed)} allowed
      </li>
      {refusalsIn(days).map(({ code, count }) => {
        const words = `${formatNumber(count)} ${REASONS[code]}`;
        const target = href?.(code);
        return (
          <li key={code} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-[2px] bg-bad" />
            {target ? <Link href={target}>{words}</Link> : words}
          </li>
        );
      })}
    </ul>
  );
}

function DayTable({ days }: { days: UsageSeries }) {
  return (
    <details className="mt-3 text-s">
      <summary className="w-fit cursor-pointer rounded-[2px] text-ink-2 hover:text-ink">As a table</summary>
      <div tabIndex={0} role="region" aria-label="Calls by day, as a table" className="mt-2 max-h-72 overflow-auto">
        <table className="w-full text-left tabular-nums">
          <thead className="text-ink-3">
            <tr>
              <th className="py-1 pr-4 font-medium">Day (UTC)</th>
              <th className="py-1 pr-4 text-right font-medium">Allowed</th>
              <th className="py-1 text-right font-medium">Refused</th>
            </tr>
          </thead>
          <tbody>
            {days.spans.map((span, i) => (
              <tr key={i} className="border-t">
                <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                  {dayOf(days.from, i)}
                </th>
                <td className="py-1 pr-4 text-right">{formatNumber(span.allowed)}</td>
                <td className="py-1 text-right">{formatNumber(refusedOn(span))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
