"use client";

import type { ReactNode } from "react";
import { lateDialog } from "@/components/late";
import { useDialogTrigger } from "@/components/ui/dialog-trigger";

export interface ConfirmDialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactNode;
  title: ReactNode;
  /** What will happen, in the reader's words. */
  description: ReactNode;
  children?: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  danger?: boolean;
  /** The name that has to be typed before confirming is possible, in capitals or not. */
  typedName?: string;
  disabled?: boolean;
  /** The dialog stays open and says why when this throws. */
  onConfirm: () => Promise<void> | void;
}

const ConfirmPanel = lateDialog(() => import("./confirm-panel").then((loaded) => loaded.ConfirmPanel));

export function ConfirmDialog({ open, onOpenChange, trigger, ...panel }: ConfirmDialogProps) {
  const dialog = useDialogTrigger(trigger, open, onOpenChange);
  return (
    <>
      {dialog.trigger}
      <ConfirmPanel open={dialog.isOpen} onOpenChange={dialog.change} {...panel} />
    </>
  );
}
