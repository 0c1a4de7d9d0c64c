"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactNode, Ref } from "react";
import { cn } from "@/components/cn";

interface PopoverProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger: ReactNode;
  triggerRef?: Ref<HTMLButtonElement>;
  label: string;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}

export function Popover(props: PopoverProps) {
  const { open, onOpenChange, trigger, triggerRef, label, align = "start", className, children } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild ref={triggerRef}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={cn("z-50 w-72 animate-appear rounded-2 bg-surface p-3 text-s shadow-pop outline-none", className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
