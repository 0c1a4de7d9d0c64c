"use client";

import { useRef } from "react";
import type { Opening } from "@/components/late-menu";
import { ActionMenuButton, type ActionMenuProps } from "@/components/ui/action-menu-button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

export function ActionMenuItems({ triggerRef, defaultOpen, ...menu }: ActionMenuProps & Opening) {
  const chosen = useRef<() => void>(undefined);

  // After the menu has given the focus back, so that a dialog opened by it returns the focus to the button.
  function actOnClose() {
    chosen.current?.();
    chosen.current = undefined;
  }

  return (
    <DropdownMenu defaultOpen={defaultOpen}>
      <DropdownMenuTrigger asChild ref={triggerRef}>
        <ActionMenuButton {...menu} />
      </DropdownMenuTrigger>
      <DropdownMenuContent onCloseAutoFocus={actOnClose}>
        {menu.actions.map((action) => (
          <DropdownMenuItem key={action.label} danger={action.danger} onSelect={() => (chosen.current = action.act)}>
            {action.label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
