"use client";

import NextLink from "next/link";
import { useState, type ComponentProps } from "react";

type PageLinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch">;

/**
 * A link inside the console. Its page is fetched ahead when the pointer or the focus comes to it: for being in view
 * alone, the server would render and the browser would load every page that is one press away.
 */
export function PageLink({ onPointerEnter, onFocus, ...rest }: PageLinkProps) {
  const [isLikely, setLikely] = useState(false);
  return (
    <NextLink
      prefetch={isLikely ? null : false}
      onPointerEnter={(event) => {
        setLikely(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setLikely(true);
        onFocus?.(event);
      }}
      {...rest}
    />
  );
}
