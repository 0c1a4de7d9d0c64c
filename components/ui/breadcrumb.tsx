import { cn } from "@/components/cn";
import { PageLink } from "@/components/ui/page-link";

export interface Crumb {
  label: string;
  href?: string;
}

/** Mirrors the way in: Admin › Setup › Apps. The last one is the page itself. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center text-s text-ink-3">
        {crumbs.map(({ label, href }, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <li key={index} className={cn("flex min-w-0 items-center", isLast ? "shrink" : "shrink-0 max-sm:hidden")}>
              {href && !isLast ? (
                <PageLink
                  href={href}
                  className="inline-block max-w-48 truncate rounded-[2px] py-0.5 hover:text-ink hover:underline"
                >
                  {label}
                </PageLink>
              ) : (
                <span
                  aria-current={isLast ? "page" : undefined}
                  className={cn("truncate", isLast && "font-medium text-ink")}
                >
                  {label}
                </span>
              )}
              {!isLast && (
                <span aria-hidden className="mx-1">
                  ›
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
