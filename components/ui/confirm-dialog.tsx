"use client";

import { AlertDialog as Radix } from "radix-ui";
import { useState, type ReactNode } from "react";
import { Failure } from "@/components/failure";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/cn";
import { DialogBody, DialogFooter, DialogHeader, panel, veil, widths } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { returnFocus } from "@/components/ui/return-focus";

interface ConfirmDialogProps {
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

export function ConfirmDialog({ open, onOpenChange, trigger, ...rest }: ConfirmDialogProps) {
  const [inner, setInner] = useState(false);
  const shown = open ?? inner;
  const change = (next: boolean) => {
    setInner(next);
    onOpenChange?.(next);
  };
  return (
    <Radix.Root open={shown} onOpenChange={change}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content onCloseAutoFocus={returnFocus} className={cn(panel, widths.m)}>
          <Confirmation {...rest} close={() => change(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ConfirmationProps = Omit<ConfirmDialogProps, "open" | "onOpenChange" | "trigger"> & { close: () => void };

function Confirmation(props: ConfirmationProps) {
  const {
    title,
    description,
    children,
    confirmLabel,
    cancelLabel = "Cancel",
    danger,
    typedName,
    disabled,
    onConfirm,
    close,
  } = props;
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const isNameMissing = typedName !== undefined && typed.trim().toLowerCase() !== typedName.toLowerCase();

  async function confirm() {
    setPending(true);
    setFailure(undefined);
    try {
      await onConfirm();
      close();
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error("Something else than an error was thrown."));
      setPending(false);
    }
  }

  return (
    <>
      <DialogHeader title={<Radix.Title className="text-l font-semibold">{title}</Radix.Title>}>
        <Radix.Description asChild>
          <div className="mt-1 text-ink-2">{description}</div>
        </Radix.Description>
      </DialogHeader>
      <DialogBody className="grid gap-4">
        {children}
        {typedName !== undefined && (
          <Field label={<>Type “{typedName}” to confirm</>}>
            <Input
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
        )}
        {failure && <Failure error={failure} />}
      </DialogBody>
      <DialogFooter>
        <Radix.Cancel asChild>
          <Button>{cancelLabel}</Button>
        </Radix.Cancel>
        <Button
          variant={danger ? "danger" : "primary"}
          pending={pending}
          disabled={disabled || isNameMissing}
          onClick={confirm}
        >
          {confirmLabel}
        </Button>
      </DialogFooter>
    </>
  );
}
