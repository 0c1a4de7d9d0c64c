import { cn } from "@/components/cn";
import { PageLink } from "@/components/ui/page-link";
import { formatCount, formatDay } from "@/lib/format";

interface ExpiryStripProps {
  /** How many credentials expire on each of the coming days; the first is today. */
  days: readonly number[];
  /** The first day, as an ISO date. */
  from: string;
  /** Where the days from one to another lead, both of them included. */
  href: (firstDay: string, lastDay: string) => string;
}

const DAY = 86_400_000;
const WEEK = 7;

/** The coming days as bars, a week of them together; a week with expiries leads to what expires in it. */
export function ExpiryStrip({ days, from, href }: ExpiryStripProps) {
  const today = Date.parse(from);
  const dayAt = (index: number) => new Date(today + index * DAY);
  const said = (index: number) => formatDay(dayAt(index), today, "UTC");
  const weeks = Array.from({ length: Math.ceil(days.length / WEEK) }, (_, week) => {
    const first = week * WEEK;
    return { first, counts: days.slice(first, first + WEEK) };
  });
  return (
    <figure>
      <ol
        aria-label={`Expiries of the next ${days.length} days`}
        className="grid grid-cols-7 gap-1 sm:grid-cols-[repeat(13,minmax(0,1fr))]"
      >
        {weeks.map(({ first, counts }) => {
          const last = first + counts.length - 1;
          const total = sum(counts);
          const bars = (
            <span className="flex h-8 gap-px">
              {Array.from({ length: WEEK }, (_, day) => (
                <span key={day} className={cn("flex-1 rounded-[2px]", lookOf(counts[day], first + day))} />
              ))}
            </span>
          );
          const title = `${said(first)} to ${said(last)}: ${formatCount(total, "credential")} ${total === 1 ? "expires" : "expire"}`;
          return (
            <li key={first} aria-hidden={total === 0 || undefined}>
              {total > 0 ? (
                <PageLink
                  href={href(isoDay(dayAt(first)), isoDay(dayAt(last)))}
                  aria-label={title}
                  title={title}
                  className="block rounded-[2px] hover:opacity-80"
                >
                  {bars}
                </PageLink>
              ) : (
                bars
              )}
            </li>
          );
        })}
      </ol>
      <figcaption className="mt-1.5 flex justify-between gap-4 text-xs text-ink-3">
        <span>today to {said(days.length - 1)}, a week each</span>
        <span>{sum(days) === 0 ? "nothing expires" : formatCount(sum(days), "expiry", "expiries")}</span>
      </figcaption>
    </figure>
  );
}

/** Two weeks ahead it is time to act. */
function lookOf(count: number | undefined, index: number): string {
  if (count === undefined) return "";
  if (count === 0) return "bg-hover";
  return index < 2 * WEEK ? "bg-warn" : "bg-accent";
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

const isoDay = (date: Date) => date.toISOString().slice(0, 10);
