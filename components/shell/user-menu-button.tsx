import type { ComponentProps } from "react";

export interface ShellUser {
  name: string;
  email: string;
  /** "Owner" */
  role: string;
}

export interface UserMenuProps {
  user: ShellUser;
  links?: readonly { label: string; href: string }[];
  onSignOut: () => void;
}

export const UserMenuButton = ({
  user,
  links: _,
  onSignOut: __,
  ...rest
}: UserMenuProps & ComponentProps<"button">) => (
  <button
    type="button"
    {...rest}
    className="-ml-1 flex min-h-6 min-w-0 items-center rounded-1 px-1 text-left hover:text-ink data-[state=open]:text-ink"
  >
    <span className="truncate">{user.name}</span>
    <span className="max-w-[60%] shrink-0 truncate whitespace-pre"> · {user.role}</span>
  </button>
);
