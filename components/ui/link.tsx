import NextLink from "next/link";
import type { ComponentProps } from "react";
import { cn } from "@/components/cn";

/** Underlined, so that a link inside a sentence is not told by color alone. */
export function Link({ className, ...rest }: ComponentProps<typeof NextLink>) {
  return (
    <NextLink
      className={cn(
        "rounded-[2px] text-accent underline decoration-accent/35 underline-offset-3 hover:decoration-accent",
        className,
      )}
      {...rest}
    />
  );
}
