import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import type { Tone } from "@/components/ui/status";

const looks = {
  ok: ["bg-ok-soft text-ok border-ok/25", CircleCheck],
  warn: ["bg-warn-soft text-warn border-warn/25", TriangleAlert],
  bad: ["bg-bad-soft text-bad border-bad/25", CircleAlert],
  idle: ["bg-sunken text-ink-2 border-line", Info],
} as const satisfies Record<Tone, readonly [string, unknown]>;

interface BannerProps {
  tone?: Tone;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** A remark on the page as a whole; the bad ones are announced. */
export function Banner({ tone = "idle", children, action, className }: BannerProps) {
  const [look, Icon] = looks[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 rounded-2 border px-3.5 py-2.5 text-s",
        look,
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 basis-60">{children}</div>
      {action}
    </div>
  );
}
