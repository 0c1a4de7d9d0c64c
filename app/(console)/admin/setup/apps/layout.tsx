import type { ReactNode } from "react";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { listResources } from "@/lib/resources/queries";
import { RegisteredResources } from "./registered-resources";

/** Decides before a skeleton is sent: after that the status could not become 404. Each page decides again. */
export default async function AppsLayout({ children }: { children: ReactNode }) {
  const { rows } = await listResources(await pageCtxWith("apps:read"));
  const names = rows.flatMap(({ kind, name }) => (kind === "registered" ? name : []));
  return <RegisteredResources names={names}>{children}</RegisteredResources>;
}
