import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { CopyButton } from "@/components/ui/copy-button";

interface CodeBlockProps {
  label: string;
  children: ReactNode;
  /** The text the copy button takes; without it there is no button. */
  copy?: string;
  className?: string;
}

export function CodeBlock({ label, children, copy, className }: CodeBlockProps) {
  return (
    <div className={cn("relative rounded-2 border bg-sunken", className)}>
      <pre
        tabIndex={0}
        aria-label={label}
        className={cn("overflow-x-auto px-3.5 py-2.5 font-mono text-xs leading-relaxed text-ink-2", copy && "pr-10")}
      >
        {children}
      </pre>
      {copy && <CopyButton text={copy} what={label} className="absolute top-1.5 right-1.5" />}
    </div>
  );
}
