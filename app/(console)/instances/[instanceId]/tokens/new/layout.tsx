import type { ReactNode } from "react";
import { readInstanceWith } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";

interface NewTokenLayoutProps {
  params: Promise<{ instanceId: string }>;
  children: ReactNode;
}

/** Decided above the skeleton, so that who may not issue is answered 404. */
export default async function NewTokenLayout({ params, children }: NewTokenLayoutProps) {
  await readInstanceWith("tokens:create", (await params).instanceId);
  return children;
}
