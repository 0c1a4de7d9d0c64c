"use client";

import { LogOut } from "lucide-react";
import { useTheme } from "next-themes";
import NextLink from "next/link";
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

export interface ShellUser {
  name: string;
  email: string;
  /** "Owner" */
  role: string;
}

interface UserMenuProps {
  user: ShellUser;
  links?: readonly { label: string; href: string }[];
  onSignOut: () => void;
}

export function UserMenu({ user, links = [], onSignOut }: UserMenuProps) {
  const { theme = "system", setTheme } = useTheme();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="-ml-1 min-h-6 min-w-0 truncate rounded-1 px-1 text-left hover:text-ink data-[state=open]:text-ink">
        {user.name} · {user.role}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top">
        <DropdownMenuLabel className="max-w-60 truncate">{user.email}</DropdownMenuLabel>
        {links.map(({ label, href }) => (
          <DropdownMenuItem key={href} asChild>
            <NextLink href={href}>{label}</NextLink>
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
