import type { ReactNode } from "react";
import { readInstanceWith } from "./read-tokens";

interface TokensLayoutProps {
  params: Promise<{ instanceId: string }>;
  children: ReactNode;
}

/** Decided above the skeleton, so that who may not see the page is answered 404. */
export default async function TokensLayout({ params, children }: TokensLayoutProps) {
  await readInstanceWith("tokens:read", (await params).instanceId);
  return children;
}
