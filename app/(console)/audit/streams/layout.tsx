import type { ReactNode } from "react";
import { pageCtxWith } from "@/lib/auth/page-ctx";

/** Decided above the skeleton, so that who may not see the page is answered 404 and not a page that says so. */
export default async function StreamsLayout({ children }: { children: ReactNode }) {
  await pageCtxWith("streams:read");
  return children;
}
