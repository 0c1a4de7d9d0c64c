import type { Crumb } from "@/components/ui/breadcrumb";

export const APPS_PATH = "/admin/setup/apps";

/** Admin › Setup › Apps › what follows. */
export const crumbsTo = (...rest: Crumb[]): Crumb[] => [
  { label: "Admin" },
  { label: "Setup" },
  { label: "Apps", href: APPS_PATH },
  ...rest,
];
