"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import type { DialogProps } from "@/components/ui/dialog";
import { DialogBody, DialogFooter, DialogHeader, panel, veil, widths } from "@/components/ui/dialog-parts";
import { returnFocus } from "@/components/ui/return-focus";

/** What `Dialog` shows while it is open. */
export function DialogPanel(props: Omit<DialogProps, "trigger">) {
  const { open, onOpenChange, title, description, children, footer, width = "m", className } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
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
