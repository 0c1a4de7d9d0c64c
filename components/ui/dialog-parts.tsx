import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/cn";

export const veil = "fixed inset-0 z-50 animate-appear bg-veil";
export const panel =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-24px)] -translate-x-1/2 -translate-y-1/2 animate-appear flex-col overflow-hidden rounded-3 bg-surface shadow-pop outline-none";
export const widths = { s: "max-w-[420px]", m: "max-w-[560px]", l: "max-w-[720px]" };

export function DialogHeader({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="pt-5 pr-14 pl-6 max-sm:pl-4">
      {title}
      {children}
    </header>
  );
}

export function DialogBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("min-h-0 overflow-y-auto px-6 pt-4 pb-5 max-sm:px-4", className)} {...rest} />;
}

export function DialogFooter({ className, ...rest }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex flex-wrap items-center justify-end gap-2 border-t bg-sunken px-6 py-3 text-s text-ink-3 max-sm:px-4",
        className,
      )}
      {...rest}
    />
  );
}
