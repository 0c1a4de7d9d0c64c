"use client";

import { Slot } from "radix-ui";
import { type ReactNode, useState } from "react";

/** Whether a dialog is open, by its own trigger or by who holds it; the trigger works before the dialog is loaded. */
export function useDialogTrigger(
  trigger: ReactNode,
  open: boolean | undefined,
  onOpenChange: ((open: boolean) => void) | undefined,
) {
  const [isOpenByItself, setOpenByItself] = useState(false);
  const isOpen = open ?? isOpenByItself;
  const change = (next: boolean) => {
    setOpenByItself(next);
    onOpenChange?.(next);
  };
  return {
    isOpen,
    change,
    trigger: trigger && (
      <Slot.Root aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => change(true)}>
        {trigger}
      </Slot.Root>
    ),
  };
}
