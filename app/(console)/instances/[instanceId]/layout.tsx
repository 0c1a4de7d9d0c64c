import type { ReactNode } from "react";
import { readInstance } from "./read-instance";

interface InstanceLayoutProps {
  params: Promise<{ instanceId: string }>;
  children: ReactNode;
}

/** Decided above the skeleton, so that an absent instance is answered 404. */
export default async function InstanceLayout({ params, children }: InstanceLayoutProps) {
  await readInstance((await params).instanceId);
  return children;
}
