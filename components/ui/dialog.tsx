"use client";

import type { ReactNode } from "react";
import { lateDialog } from "@/components/late";
import { useDialogTrigger } from "@/components/ui/dialog-trigger";

export interface DialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** The sunken strip at the bottom: a remark on the left, actions on the right. */
  footer?: ReactNode;
  width?: "s" | "m" | "l";
  className?: string;
}

const DialogPanel = lateDialog(() => import("./dialog-panel").then((loaded) => loaded.DialogPanel));

export function Dialog({ open, onOpenChange, trigger, ...panel }: DialogProps) {
  const dialog = useDialogTrigger(trigger, open, onOpenChange);
  return (
    <>
      {dialog.trigger}
      <DialogPanel open={dialog.isOpen} onOpenChange={dialog.change} {...panel} />
    </>
  );
}
