import type { ReactNode } from "react";
import { cn } from "@/components/cn";

interface AuthCardProps {
  title: string;
  sub: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

export function AuthCard({ title, sub, wide, children }: AuthCardProps) {
  return (
    <div className={cn("w-full", wide ? "max-w-[560px]" : "max-w-[380px]")}>
      <p className="mb-6 flex items-center gap-[9px] font-semi">
        <span
          aria-hidden
          className="grid size-[22px] place-items-center rounded-[6px] bg-ink font-mono text-xs font-semibold text-on-ink"
        >
          L
        </span>
        Latchkey
      </p>
      <h1 className="text-xl leading-tight font-semibold tracking-[-0.015em]">{title}</h1>
      <div className="mt-1 mb-5 text-ink-2">{sub}</div>
      <div className="rounded-2 border bg-surface p-6 max-sm:p-4">{children}</div>
    </div>
  );
}
