"use client";

import { Ellipsis } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

interface ActionMenuProps {
  label: string;
  actions: readonly { label: string; danger?: boolean; act: () => void }[];
}

/** Further actions behind three dots. */
export function ActionMenu({ label, actions }: ActionMenuProps) {
  const chosen = useRef<() => void>(undefined);
  if (actions.length === 0) return null;

  // After the menu has given the focus back, so that a dialog opened by it returns the focus to the button.
  function actOnClose() {
    chosen.current?.();
    chosen.current = undefined;
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="icon" aria-label={label}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent onCloseAutoFocus={actOnClose}>
        {actions.map((action) => (
          <DropdownMenuItem key={action.label} danger={action.danger} onSelect={() => (chosen.current = action.act)}>
            {action.label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
