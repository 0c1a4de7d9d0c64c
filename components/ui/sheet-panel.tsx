"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { veil } from "@/components/ui/dialog-parts";

interface SheetProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  /** The small line above the title: an id, a time. */
  eyebrow?: ReactNode;
  description?: ReactNode;
  side?: "left" | "right";
  children: ReactNode;
}

/** A panel from the side that leaves the page recognizable behind it. */
export function SheetPanel({ open, onOpenChange, title, eyebrow, description, side = "right", children }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={cn(veil, "bg-veil/50")} />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed inset-y-0 z-50 overflow-y-auto px-[22px] pt-[18px] pb-8 shadow-pop outline-none",
            side === "right"
              ? "right-0 w-[min(470px,100vw)] animate-slide border-l bg-surface"
              : "left-0 w-[min(300px,86vw)] animate-slide-left border-r bg-sunken",
          )}
        >
          <div className="flex min-h-6.5 items-center justify-between gap-3">
            <span className="min-w-0 text-xs text-ink-3">{eyebrow}</span>
            <Radix.Close asChild>
              <Button variant="ghost" size="icon-s" aria-label="Close">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          <Radix.Title className="mt-3 text-l font-semibold">{title}</Radix.Title>
          {description && <Radix.Description className="mt-0.5 text-ink-3">{description}</Radix.Description>}
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
