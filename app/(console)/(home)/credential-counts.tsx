import NextLink from "next/link";
import { cn } from "@/components/cn";
import { formatNumber } from "@/lib/format";
import type { Overview } from "@/lib/overview/schema";

/** Keys and tokens by state, and those nobody uses; each number leads to its rows. */
export function CredentialCounts({ credentials }: { credentials: NonNullable<Overview["credentials"]> }) {
  const { byState, byUse } = credentials;
  const counts = [
    ...(byState.restored > 0
      ? [{ label: "Restored", count: byState.restored, query: "state=restored", dot: "text-warn" }]
      : []),
    { label: "Active", count: byState.active, query: "state=active", dot: "text-ok" },
    { label: "Rotating", count: byState.rotating, query: "state=rotating", dot: "text-warn" },
    { label: "Expiring", count: byState.expiring, query: "state=expiring", dot: "text-warn" },
    { label: "Disabled", count: byState.disabled, query: "state=disabled", dot: "text-idle" },
    { label: "Expired", count: byState.expired, query: "state=expired", dot: "text-idle" },
    { label: "Revoked", count: byState.revoked, query: "state=revoked", dot: "text-bad" },
    { label: "Never used", count: byUse.never, query: "use=never" },
    { label: "Unused 30 days", count: byUse.dormant, query: "use=dormant" },
  ];
  return (
    <section aria-label="Credentials" className="overflow-hidden rounded-2 border bg-surface">
      {/* The hairlines are the ground showing through; they stay right however the cells wrap. */}
      <ul className="grid grid-cols-2 gap-px bg-line sm:grid-cols-4 xl:grid-cols-8">
        {counts.map(({ label, count, query, dot }) => (
          <li key={label} className="bg-surface">
            <CountCell href={count > 0 ? `/credentials?${query}` : undefined}>
              <span className="flex items-center gap-1.5 text-s text-ink-2">
                {dot && <span aria-hidden className={cn("size-1.5 shrink-0 rounded-full bg-current", dot)} />}
                {label}
              </span>
              <span className={cn("mt-0.5 block text-2xl font-semibold tabular-nums", count === 0 && "text-ink-3")}>
                {formatNumber(count)}
              </span>
            </CountCell>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CountCell({ href, children }: { href?: string; children: React.ReactNode }) {
  const look = "block h-full px-[18px] py-3 xl:px-4";
  return href ? (
    <NextLink href={href} className={cn(look, "-outline-offset-2 hover:bg-hover")}>
      {children}
    </NextLink>
  ) : (
    <div className={look}>{children}</div>
  );
}
