import type { ReactNode } from "react";
import { readToken } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";

interface TokenLayoutProps {
  params: Promise<{ instanceId: string; tokenId: string }>;
  children: ReactNode;
}

/** Finds the token before a skeleton is sent, so that one that is absent answers 404. */
export default async function TokenLayout({ params, children }: TokenLayoutProps) {
  const { instanceId, tokenId } = await params;
  await readToken(instanceId, tokenId);
  return children;
}
