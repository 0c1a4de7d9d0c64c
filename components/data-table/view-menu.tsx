"use client";

import { ViewMenuButton, type ViewMenuProps } from "@/components/data-table/view-menu-button";
import { lateMenu } from "@/components/late-menu";

export const ViewMenu = lateMenu<ViewMenuProps>(
  () => import("./view-menu-items").then((loaded) => loaded.ViewMenuItems),
  ViewMenuButton,
);
