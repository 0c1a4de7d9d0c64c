import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { pageCtx } from "@/lib/auth/page-ctx";
import { canListInvites } from "@/lib/invites/queries";

/** Decided above the skeleton, so that who may not see invitations is answered 404. */
export default async function InvitesLayout({ children }: { children: ReactNode }) {
  if (!canListInvites((await pageCtx()).power)) notFound();
  return children;
}
