import type { ReactNode } from "react";
import { readInstanceWith } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";

interface RolesLayoutProps {
  params: Promise<{ instanceId: string }>;
  children: ReactNode;
}

/** Decided above the skeleton, so that who may not see the page is answered 404. */
export default async function RolesLayout({ params, children }: RolesLayoutProps) {
  await readInstanceWith("roles:read", (await params).instanceId);
  return children;
}
