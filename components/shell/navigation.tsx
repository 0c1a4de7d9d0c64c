"use client";

import { usePathname } from "next/navigation";
import { cn } from "@/components/cn";
import { PageLink } from "@/components/ui/page-link";
import { formatNumber } from "@/lib/format";

export interface NavItem {
  label: string;
  href: string;
  count?: number;
}

export interface NavGroup {
  label?: string;
  items: readonly NavItem[];
}

/** What a person may not see is left out by the caller; the longest address that fits is the current one. */
export function Navigation({ groups, onNavigate }: { groups: readonly NavGroup[]; onNavigate?: () => void }) {
  const pathname = usePathname();
  const current = groups
    .flatMap((group) => group.items.map((item) => item.href))
    .filter((href) => pathname === href || pathname.startsWith(href === "/" ? "//" : `${href}/`))
    .sort((a, b) => b.length - a.length)[0];

  return (
    <nav aria-label="Console" className="min-h-0 flex-1 overflow-y-auto pb-2 text-s">
      {groups.map((group, index) => (
        <div key={group.label ?? index}>
          {group.label && <h2 className="mx-2 mt-3.5 mb-1 text-xs font-medium text-ink-3">{group.label}</h2>}
          <ul className="grid grid-cols-1 gap-px">
            {group.items.map(({ label, href, count }) => (
              <li key={href}>
                <PageLink
                  href={href}
                  onClick={onNavigate}
                  aria-current={href === current ? "page" : undefined}
                  className={cn(
                    "flex items-center justify-between gap-2 rounded-1 px-2 py-[5px] text-ink-2 -outline-offset-2 hover:text-ink max-lg:py-2",
                    href === current ? "bg-surface font-semi text-ink inset-ring inset-ring-line" : "hover:bg-hover",
                  )}
                >
                  <span className="truncate">{label}</span>
                  {count !== undefined && (
                    <span className="font-mono text-xs font-normal text-ink-3">{formatNumber(count)}</span>
                  )}
                </PageLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
