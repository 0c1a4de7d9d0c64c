"use client";

import { Slot } from "radix-ui";
import { type FocusEvent, type PointerEvent, type ReactNode, useId, useState } from "react";
import { TooltipBubble, type TooltipSide } from "@/components/ui/tooltip-bubble";

interface TooltipProps {
  content: ReactNode;
  /** One element that can take focus. */
  children: ReactNode;
  side?: TooltipSide;
}

const DELAY_MS = 250;
/** So long the pointer may take from the element to its tooltip. */
const GRACE_MS = 120;

/** Shown while the pointer rests on the element or its tooltip, or the keyboard is on it. Escape puts it away. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();

  function after(milliseconds: number, element: HTMLElement | undefined) {
    clearTimeout(timer);
    setTimer(setTimeout(() => setAnchor(element), milliseconds));
  }
  function hide() {
    clearTimeout(timer);
    setAnchor(undefined);
  }

  return (
    <>
      <Slot.Root
        aria-describedby={anchor && id}
        onPointerEnter={(event: PointerEvent<HTMLElement>) =>
          event.pointerType !== "touch" && after(DELAY_MS, event.currentTarget)
        }
        onPointerLeave={() => after(GRACE_MS, undefined)}
        onPointerDown={hide}
        onFocus={(event: FocusEvent<HTMLElement>) =>
          event.currentTarget.matches(":focus-visible") && setAnchor(event.currentTarget)
        }
        onBlur={hide}
      >
        {children}
      </Slot.Root>
      {anchor && (
        <TooltipBubble
          id={id}
          anchor={anchor}
          side={side}
          onClose={hide}
          onPointerEnter={() => clearTimeout(timer)}
          onPointerLeave={() => after(GRACE_MS, undefined)}
        >
          {content}
        </TooltipBubble>
      )}
    </>
  );
}
