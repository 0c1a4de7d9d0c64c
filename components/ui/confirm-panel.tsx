"use client";

import { AlertDialog as Radix } from "radix-ui";
import { useState } from "react";
import { cn } from "@/components/cn";
import { Failure } from "@/components/failure";
import { Button } from "@/components/ui/button";
import type { ConfirmDialogProps } from "@/components/ui/confirm-dialog";
import { DialogBody, DialogFooter, DialogHeader, panel, veil, widths } from "@/components/ui/dialog-parts";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { returnFocus } from "@/components/ui/return-focus";

/** What `ConfirmDialog` shows while it is open. */
export function ConfirmPanel({ open, onOpenChange, ...rest }: Omit<ConfirmDialogProps, "trigger">) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content onCloseAutoFocus={returnFocus} className={cn(panel, widths.m)}>
          <Confirmation {...rest} close={() => onOpenChange?.(false)} />
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
