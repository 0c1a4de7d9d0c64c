import { cn } from "@/components/cn";
import { PageLink } from "@/components/ui/page-link";
import { formatCount, formatDay } from "@/lib/format";

interface ExpiryStripProps {
  /** How many credentials expire on each of the coming days; the first is today. */
  days: readonly number[];
  /** The first day, as an ISO date. */
  from: string;
  /** Where a day with expiries leads. */
  href: (isoDate: string) => string;
}

const DAY = 86_400_000;

/** The coming days as a row of cells; a filled one leads to what expires then. */
export function ExpiryStrip({ days, from, href }: ExpiryStripProps) {
  const start = Date.parse(from);
  const total = days.reduce((sum, count) => sum + count, 0);
  const last = start + (days.length - 1) * DAY;
  return (
    <figure>
      <ol aria-label={`Expiries of the next ${days.length} days`} className="flex h-8 gap-0.5">
        {days.map((count, index) => {
          const date = new Date(start + index * DAY);
          const said = `${formatDay(date, start, "UTC")}: ${formatCount(count, "credential")} ${count === 1 ? "expires" : "expire"}`;
          const look = cn(
            "block h-full w-full rounded-[2px]",
            count ? (index < 14 ? "bg-warn" : "bg-accent") : "bg-hover",
          );
          return (
            <li key={index} className="min-w-0 flex-1" aria-hidden={count === 0 || undefined}>
              {count ? (
                <PageLink
                  href={href(date.toISOString().slice(0, 10))}
                  aria-label={said}
                  title={said}
                  className={look}
                />
              ) : (
                <span className={look} />
              )}
            </li>
          );
        })}
      </ol>
      <figcaption className="mt-1.5 flex justify-between text-xs text-ink-3">
        <span>today</span>
        <span>{total === 0 ? "nothing expires" : formatCount(total, "expiry", "expiries")}</span>
        <span>{formatDay(last, start, "UTC")}</span>
      </figcaption>
    </figure>
  );
}
