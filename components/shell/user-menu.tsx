"use client";

import { LogOut } from "lucide-react";
import { useTheme } from "next-themes";
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
      <DropdownMenuTrigger className="-ml-1 flex min-h-6 min-w-0 items-center rounded-1 px-1 text-left hover:text-ink data-[state=open]:text-ink">
        <span className="truncate">{user.name}</span>
        <span className="max-w-[60%] shrink-0 truncate whitespace-pre"> · {user.role}</span>
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
