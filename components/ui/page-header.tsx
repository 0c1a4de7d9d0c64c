import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** One sentence on what this is for, or the facts of the object: id, since when, by whom. */
  sub?: ReactNode;
  /** At most one of them primary. */
  actions?: ReactNode;
}

export function PageHeader({ title, sub, actions }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pt-6.5">
      <div className="min-w-0 flex-1 basis-80">
        <h1 className="text-xl leading-tight font-semibold tracking-[-0.015em] text-balance wrap-anywhere">{title}</h1>
        {sub && <div className="mt-1 max-w-[66ch] text-ink-2">{sub}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
