import type { ReactNode } from "react";
import { readRole } from "@/app/(console)/instances/[instanceId]/roles/read-roles";

interface RoleLayoutProps {
  params: Promise<{ instanceId: string; roleId: string }>;
  children: ReactNode;
}

/** Finds the role before a skeleton is sent, so that one that is absent answers 404. */
export default async function RoleLayout({ params, children }: RoleLayoutProps) {
  const { instanceId, roleId } = await params;
  await readRole(instanceId, roleId);
  return children;
}
