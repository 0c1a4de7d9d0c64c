import { Fragment, type ReactNode } from "react";
import { cn } from "@/components/cn";

interface DescriptionListProps {
  items: readonly (readonly [term: ReactNode, description: ReactNode] | false | null | undefined)[];
  /** Width of the terms. */
  narrow?: boolean;
  className?: string;
}

export function DescriptionList({ items, narrow, className }: DescriptionListProps) {
  return (
    <dl
      className={cn(
        "grid gap-y-[9px] text-s max-sm:grid-cols-1 max-sm:gap-y-0.5",
        narrow ? "grid-cols-[110px_1fr]" : "grid-cols-[150px_1fr]",
        className,
      )}
    >
      {items.map(
        (item, index) =>
          item && (
            <Fragment key={index}>
              <dt className="text-ink-3">{item[0]}</dt>
              <dd className="min-w-0 wrap-anywhere max-sm:mb-2">{item[1]}</dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}
