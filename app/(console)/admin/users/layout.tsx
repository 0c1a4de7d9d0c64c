import type { ReactNode } from "react";
import { pageCtxWith } from "@/lib/auth/page-ctx";

/** Decides before a skeleton is sent: after that the status could not become 404. Each page decides again. */
export default async function PeopleLayout({ children }: { children: ReactNode }) {
  await pageCtxWith("users:read");
  return children;
}
