"use client";

import { Button, type ButtonProps } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { ReactElement } from "react";

interface RefusedProps {
  /** Why it cannot be done now; absent when it can. */
  reason?: string;
  children: ReactElement<ButtonProps>;
}

/** A button that stays reachable when it is not possible, so that its reason can be read. */
export function Refused({ reason, children }: RefusedProps) {
  if (reason === undefined) return children;
  const { onClick: _, ...look } = children.props;
  return (
    <Tooltip content={reason}>
      <Button {...look} aria-disabled aria-description={reason} className="opacity-45" />
    </Tooltip>
  );
}
