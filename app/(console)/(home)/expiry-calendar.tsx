import NextLink from "next/link";
import { Card } from "@/components/ui/card";
import { ExpiryStrip } from "@/components/ui/expiry-strip";
import { Time } from "@/components/ui/time";
import type { Overview } from "@/lib/overview/schema";

interface ExpiryCalendarProps {
  expiries: NonNullable<Overview["keys"]>["expiries"];
}

export function ExpiryCalendar({ expiries: { from, days, next } }: ExpiryCalendarProps) {
  return (
    <Card title={`Expiring in the next ${days.length} days`}>
      <ExpiryStrip days={days} from={from} href={(day) => `/credentials?expires=${day}`} />
      <ul className="mt-3 grid gap-1.5 text-s">
        {next.map((key) => (
          <li key={key.ZUID} className="flex justify-between gap-4">
            <NextLink
              href={`/admin/setup/apps/${key.appZUID}/keys/${key.ZUID}`}
              className="truncate rounded-[2px] hover:underline"
            >
              {key.appName} › {key.name}
            </NextLink>
            <Time value={key.expiresAt} className="text-ink-3" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
