import type { ReactNode } from "react";
import { readPerson } from "./read-person";

interface PersonLayoutProps {
  params: Promise<{ userId: string }>;
  children: ReactNode;
}

/** Finds the person before a skeleton is sent, so that one who is absent answers 404. */
export default async function PersonLayout({ params, children }: PersonLayoutProps) {
  await readPerson((await params).userId);
  return children;
}
