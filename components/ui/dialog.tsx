"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { returnFocus } from "@/components/ui/return-focus";

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

export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  children,
  footer,
  width = "m",
  className,
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          onCloseAutoFocus={returnFocus}
          className={cn(panel, widths[width], className)}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <DialogHeader title={<Radix.Title className="text-l font-semibold">{title}</Radix.Title>}>
            {description && <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>}
          </DialogHeader>
          {children && <DialogBody>{children}</DialogBody>}
          {footer && <DialogFooter className={cn(!children && "mt-5")}>{footer}</DialogFooter>}
          {/* Last, so that opening does not put the focus on it. */}
          <Radix.Close asChild>
            <Button variant="ghost" size="icon-s" aria-label="Close" className="absolute top-4 right-4">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const DialogClose = Radix.Close;

export const veil = "fixed inset-0 z-50 animate-appear bg-veil";
export const panel =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-24px)] -translate-x-1/2 -translate-y-1/2 animate-appear flex-col overflow-hidden rounded-3 bg-surface shadow-pop outline-none";
export const widths = { s: "max-w-[420px]", m: "max-w-[560px]", l: "max-w-[720px]" };

export function DialogHeader({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="pt-5 pr-14 pl-6 max-sm:pl-4">
      {title}
      {children}
    </header>
  );
}

export function DialogBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("min-h-0 overflow-y-auto px-6 pt-4 pb-5 max-sm:px-4", className)} {...rest} />;
}

export function DialogFooter({ className, ...rest }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex flex-wrap items-center justify-end gap-2 border-t bg-sunken px-6 py-3 text-s text-ink-3 max-sm:px-4",
        className,
      )}
      {...rest}
    />
  );
}
