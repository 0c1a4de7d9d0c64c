import type { ReactNode } from "react";
import { readKey } from "./read-key";

/** Finds the key before a skeleton is sent, so that one that is absent answers 404. */
export default async function KeyLayout({
  params,
  children,
}: {
  params: Promise<{ appId: string; keyId: string }>;
  children: ReactNode;
}) {
  const { appId, keyId } = await params;
  await readKey(appId, keyId);
  return children;
}
