import { cn } from "@/components/cn";
import { CopyButton } from "@/components/ui/copy-button";

/** A public id: mono, small, one click to copy. */
export function Id({ value, tabIndex, className }: { value: string; tabIndex?: number; className?: string }) {
  return (
    <span className={cn("inline-flex max-w-full items-center gap-1 align-middle", className)}>
      <code className="truncate font-mono text-xs text-ink-2">{value}</code>
      <CopyButton text={value} what={`id ${value}`} tabIndex={tabIndex} />
    </span>
  );
}
