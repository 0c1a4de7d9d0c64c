import type { ReactNode } from "react";
import { TopBar } from "@/components/shell/top-bar";
import { cn } from "@/components/cn";
import type { Crumb } from "@/components/ui/breadcrumb";

interface PageProps {
  /** Mirrors the way in; the last one is this page. */
  crumbs: readonly Crumb[];
  className?: string;
  children: ReactNode;
}

/** A page inside the shell: the top bar and the content. `loading.tsx` uses it too, so that nothing moves. */
export function Page({ crumbs, className, children }: PageProps) {
  return (
    <div className="min-w-0">
      <TopBar crumbs={crumbs} />
      <main id="main" tabIndex={-1} className={cn("max-w-[1640px] px-8 pb-16 outline-none max-lg:px-4", className)}>
        {children}
      </main>
    </div>
  );
}
