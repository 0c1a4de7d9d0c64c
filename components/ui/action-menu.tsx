"use client";

import { lateMenu } from "@/components/late-menu";
import { ActionMenuButton, type ActionMenuProps } from "@/components/ui/action-menu-button";

const Menu = lateMenu<ActionMenuProps>(
  () => import("./action-menu-items").then((loaded) => loaded.ActionMenuItems),
  ActionMenuButton,
);

/** Further actions behind three dots. */
export const ActionMenu = (props: ActionMenuProps) => props.actions.length > 0 && <Menu {...props} />;
