import type { ReactNode } from "react";
import { readApp } from "./read-app";

/** Finds the app before a skeleton is sent, so that one that is absent answers 404. */
export default async function AppLayout({
  params,
  children,
}: {
  params: Promise<{ appId: string }>;
  children: ReactNode;
}) {
  await readApp((await params).appId);
  return children;
}
