"use client";

import { lateMenu } from "@/components/late-menu";
import { UserMenuButton, type UserMenuProps } from "@/components/shell/user-menu-button";

export const UserMenu = lateMenu<UserMenuProps>(
  () => import("./user-menu-items").then((loaded) => loaded.UserMenuItems),
  UserMenuButton,
);
