import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { PageLink } from "@/components/ui/page-link";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { EventRecord } from "@/lib/audit/schema";
import { sentenceOf } from "@/lib/audit/sentence";

/** The newest of the trail; each line opens its event there. */
export function RecentEvents({ events, trail = "/audit" }: { events: readonly EventRecord[]; trail?: string }) {
  return (
    <Card title="Recent events" actions={<Link href={trail}>Audit trail</Link>} flush>
      {events.length === 0 ? (
        <p className="px-[18px] pb-4 text-ink-2">Nothing has happened yet.</p>
      ) : (
        <ul className="divide-y pb-1.5 text-s">
          {events.map((event) => (
            <li
              key={event.ZUID}
              className="grid grid-cols-[88px_minmax(0,1fr)_auto] items-center gap-x-4 px-[18px] py-2 hover:bg-hover max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-y-0.5"
            >
              <Time value={event.occurredAt} className="text-ink-3 max-sm:order-3" />
              <PageLink
                href={`/audit?event=${event.ZUID}`}
                className="truncate rounded-[2px] hover:underline max-sm:col-span-2 max-sm:whitespace-normal"
              >
                {sentenceOf(event)}
              </PageLink>
              {event.outcome !== "allowed" && (
                <Status tone={event.outcome === "denied" ? "bad" : "warn"} className="-my-0.5 max-sm:order-4">
                  {event.outcome}
                </Status>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
