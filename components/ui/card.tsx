import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/cn";

interface CardProps extends Omit<ComponentProps<"section">, "title"> {
  title?: ReactNode;
  actions?: ReactNode;
  /** The strip at the bottom, after a hairline. */
  footer?: ReactNode;
  /** Children run to the edges: tables, versions side by side. */
  flush?: boolean;
}

export function Card({ title, actions, footer, flush, className, children, ...rest }: CardProps) {
  return (
    <section className={cn("min-w-0 rounded-2 border bg-surface", className)} {...rest}>
      {(title || actions) && (
        <div className="flex items-center justify-between gap-3 px-[18px] pt-4 pb-2">
          <h2 className="text-s font-semi text-ink-2">{title}</h2>
          {actions && <div className="flex gap-2">{actions}</div>}
        </div>
      )}
      <div className={cn(!flush && "px-[18px] pb-4", !flush && !title && !actions && "pt-4")}>{children}</div>
      {footer && <div className="border-t px-[18px] py-3 text-s text-ink-2">{footer}</div>}
    </section>
  );
}
