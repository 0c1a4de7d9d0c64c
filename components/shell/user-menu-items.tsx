"use client";

import { LogOut } from "lucide-react";
import { useTheme } from "next-themes";
import type { Opening } from "@/components/late-menu";
import { UserMenuButton, type UserMenuProps } from "@/components/shell/user-menu-button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { PageLink } from "@/components/ui/page-link";

export function UserMenuItems({ triggerRef, defaultOpen, ...menu }: UserMenuProps & Opening) {
  const { user, links = [], onSignOut } = menu;
  const { theme = "system", setTheme } = useTheme();
  return (
    <DropdownMenu defaultOpen={defaultOpen}>
      <DropdownMenuTrigger asChild ref={triggerRef}>
        <UserMenuButton {...menu} />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top">
        <DropdownMenuLabel className="max-w-60 truncate">{user.email}</DropdownMenuLabel>
        {links.map(({ label, href }) => (
          <DropdownMenuItem key={href} asChild>
            <PageLink href={href}>{label}</PageLink>
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="system">As the system</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="light">Light</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">Dark</DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={onSignOut}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
