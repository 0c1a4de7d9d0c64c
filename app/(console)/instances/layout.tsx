import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { pageCtx } from "@/lib/auth/page-ctx";
import { canListInstances } from "@/lib/instances/queries";

/** Decided above the skeleton, so that who may not see the page is answered 404 and not a page that says so. */
export default async function InstancesLayout({ children }: { children: ReactNode }) {
  const { power } = await pageCtx();
  if (!canListInstances(power)) notFound();
  return children;
}
