import type { ReactNode } from "react";
import { pageCtxWith } from "@/lib/auth/page-ctx";

export default async function NewAppLayout({ children }: { children: ReactNode }) {
  await pageCtxWith("apps:create");
  return children;
}
