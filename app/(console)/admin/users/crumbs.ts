import type { Crumb } from "@/components/ui/breadcrumb";

export const PEOPLE_PATH = "/admin/users";

/** Admin › People › what follows. */
export const peopleCrumbs = (...rest: Crumb[]): Crumb[] => [
  { label: "Admin" },
  rest.length > 0 ? { label: "People", href: PEOPLE_PATH } : { label: "People" },
  ...rest,
];
