import type { RefObject } from "react";
import { cn } from "@/components/cn";

interface RevealValueProps {
  element: RefObject<HTMLElement | null>;
  value: string;
  isRevealed: boolean;
}

/** Masked, only the hint is in the document; the mask is as long as the value so that revealing moves nothing. */
export function RevealValue({ element, value, isRevealed }: RevealValueProps) {
  const isBlock = value.includes("\n");
  const look = cn(
    "min-w-0 font-mono text-[0.8125rem] font-medium tracking-[0.01em]",
    isBlock ? "leading-relaxed whitespace-pre" : "break-all",
  );
  if (isRevealed) {
    return (
      <code ref={element} translate="no" className={cn(look, "select-text")}>
        {value}
      </code>
    );
  }
  const start = isBlock ? "" : value.slice(0, value.indexOf("_") + 1);
  const end = isBlock ? "" : value.slice(-4);
  const hidden = value.slice(start.length, value.length - end.length);
  return (
    <code className={look}>
      <span aria-hidden>{start + hidden.replace(isBlock ? /[^-\n]/g : /./g, "•") + end}</span>
      <span className="sr-only">hidden{end && `, ends in ${end}`}</span>
    </code>
  );
}
