import type { ReactNode } from "react";
import { pageCtxWith } from "@/lib/auth/page-ctx";

/** Decides before the skeleton is sent: after that the status could not become 404. The page decides again. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  await pageCtxWith("audit:read");
  return children;
}
