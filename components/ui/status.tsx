import type { ReactNode } from "react";
import { cn } from "@/components/cn";

export type Tone = "ok" | "warn" | "bad" | "idle";

const tones: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  idle: "bg-idle-soft text-idle",
};

/** A state is a dot and a word, never color alone. */
export function Status({
  tone = "idle",
  className,
  children,
}: {
  tone?: Tone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 rounded-full py-0.5 pr-2 pl-[7px] text-s font-normal whitespace-nowrap",
        "before:size-1.5 before:shrink-0 before:rounded-full before:bg-current",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
