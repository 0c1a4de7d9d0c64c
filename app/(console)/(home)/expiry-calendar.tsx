import { placesOf } from "@/app/(console)/credentials/paths";
import { Card } from "@/components/ui/card";
import { ExpiryStrip } from "@/components/ui/expiry-strip";
import { PageLink } from "@/components/ui/page-link";
import { Time } from "@/components/ui/time";
import type { Overview } from "@/lib/overview/schema";

interface ExpiryCalendarProps {
  expiries: NonNullable<Overview["credentials"]>["expiries"];
}

export function ExpiryCalendar({ expiries: { from, days, next } }: ExpiryCalendarProps) {
  return (
    <Card title={`Expiring in the next ${days.length} days`}>
      <ExpiryStrip days={days} from={from} href={(first, last) => `/credentials?expires=${first}/${last}`} />
      <ul className="mt-3 grid gap-1.5 text-s">
        {next.map((credential) => (
          <li key={credential.ZUID} className="flex justify-between gap-4">
            <PageLink href={placesOf(credential).page} className="truncate rounded-[2px] hover:underline">
              {placesOf(credential).title}
            </PageLink>
            <Time value={credential.expiresAt} className="text-ink-3" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
