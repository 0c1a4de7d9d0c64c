import type { ComponentProps } from "react";
import { cn } from "@/components/cn";
import { PageLink } from "@/components/ui/page-link";

/** Underlined, so that a link inside a sentence is not told by color alone. */
export function Link({ className, ...rest }: ComponentProps<typeof PageLink>) {
  return (
    <PageLink
      className={cn(
        "rounded-[2px] text-accent underline decoration-accent/35 underline-offset-3 hover:decoration-accent",
        className,
      )}
      {...rest}
    />
  );
}
