import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { pageCtx } from "@/lib/auth/page-ctx";
import { canListCredentials } from "@/lib/overview/queries";

/** Decided above the skeleton, so that who may not see the page is answered 404 and not a page that says so. */
export default async function CredentialsLayout({ children }: { children: ReactNode }) {
  if (!canListCredentials((await pageCtx()).power)) notFound();
  return children;
}
