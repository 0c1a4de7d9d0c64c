import type { ReactNode } from "react";
import { pageCtxWith } from "@/lib/auth/page-ctx";

/** Decides before a skeleton is sent: after that the status could not become 404. Each page decides again. */
export default async function AppsLayout({ children }: { children: ReactNode }) {
  await pageCtxWith("apps:read");
  return children;
}
