"use client";

import { type ComponentProps, useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

export type TooltipSide = "top" | "right";

interface TooltipBubbleProps extends ComponentProps<"div"> {
  anchor: HTMLElement;
  side: TooltipSide;
  onClose: () => void;
}

const GAP = 4;
const MARGIN = 8;

export function TooltipBubble({ anchor, side, onClose, ...rest }: TooltipBubbleProps) {
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (bubble.current) place(bubble.current, anchor.getBoundingClientRect(), side);
  });
  const close = useEffectEvent((event: Event) => {
    if (event instanceof KeyboardEvent) {
      if (event.key !== "Escape") return;
      // The dialog below stays open.
      event.stopPropagation();
    }
    onClose();
  });
  useEffect(() => {
    const listen = (event: Event) => close(event);
    document.addEventListener("keydown", listen, true);
    document.addEventListener("scroll", listen, true);
    return () => {
      document.removeEventListener("keydown", listen, true);
      document.removeEventListener("scroll", listen, true);
    };
  }, []);
  return createPortal(
    <div
      ref={bubble}
      role="tooltip"
      className="pointer-events-auto fixed top-0 left-0 z-60 w-max max-w-80 rounded-1 bg-ink px-2 py-1 text-xs text-on-ink tabular-nums"
      {...rest}
    />,
    document.body,
  );
}

/** At its side of the element where there is room, else on the opposite one, and never over the edge of the window. */
function place(bubble: HTMLElement, at: DOMRect, side: TooltipSide): void {
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const fitsAbove = at.top - GAP - height >= MARGIN;
  const fitsRight = at.right + GAP + width <= innerWidth - MARGIN;
  const [left, top] =
    side === "top"
      ? [at.left + (at.width - width) / 2, fitsAbove ? at.top - GAP - height : at.bottom + GAP]
      : [fitsRight ? at.right + GAP : at.left - GAP - width, at.top + (at.height - height) / 2];
  const within = (value: number, most: number) => Math.max(MARGIN, Math.min(value, most - MARGIN));
  bubble.style.left = `${within(left, innerWidth - width)}px`;
  bubble.style.top = `${within(top, innerHeight - height)}px`;
}
