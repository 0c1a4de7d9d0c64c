import { Link } from "@/components/ui/link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageLink } from "@/components/ui/page-link";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { EventRecord } from "@/lib/audit/schema";
import { sentenceOf } from "@/lib/audit/sentence";
import { formatCount } from "@/lib/format";

interface ActivityProps {
  events: readonly EventRecord[];
  total: number;
  /** Where the rest is. */
  trail: string;
  /** What will appear here. */
  empty: string;
}

/** The last events of one thing or person; the audit trail has the rest. */
export function Activity({ events, total, trail, empty }: ActivityProps) {
  if (events.length === 0) {
    return (
      <div className="rounded-2 border bg-surface">
        <EmptyState title="Nothing has happened yet">{empty}</EmptyState>
      </div>
    );
  }
  return (
    <>
      <ol className="rounded-2 border bg-surface text-s">
        {events.map((event) => (
          <li
            key={event.ZUID}
            className="flex min-h-(--row) flex-wrap items-center gap-x-3 gap-y-0.5 border-b px-4 py-1.5 last:border-b-0"
          >
            <Time value={event.occurredAt} className="w-24 text-ink-3" />
            <PageLink
              href={`/audit?event=${event.ZUID}`}
              className="min-w-0 flex-1 basis-64 rounded-[2px] wrap-anywhere hover:underline"
            >
              {sentenceOf(event)}
            </PageLink>
            {event.outcome !== "allowed" && <Status tone="bad">{event.outcome}</Status>}
            <span className="text-ink-3">from {event.ip}</span>
          </li>
        ))}
      </ol>
      <p className="mt-3 text-s">
        <Link href={trail}>
          {total > events.length ? `All ${formatCount(total, "event")} in the audit trail` : "Open in the audit trail"}
        </Link>
      </p>
    </>
  );
}
