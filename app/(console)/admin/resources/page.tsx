import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { allows } from "@/lib/kernel/permissions";
import { listResources } from "@/lib/resources/queries";
import { HEAD } from "./head";
import { OwnResources } from "./own-resources";
import { RegisterResource } from "./register-resource";
import { ResourceTable } from "./resource-table";

export const metadata: Metadata = { title: "Resources" };

export default async function ResourcesPage() {
  const ctx = await pageCtxWith("apps:read");
  const { rows } = await listResources(ctx);
  const may = {
    register: allows(ctx.power, "apps:create"),
    update: allows(ctx.power, "apps:update"),
    delete: allows(ctx.power, "apps:delete"),
  };
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} actions={may.register && <RegisterResource />} />
      <ResourceTable rows={rows.filter(({ kind }) => kind !== "latchkey")} may={may} />
      <OwnResources resources={rows.filter(({ kind }) => kind === "latchkey")} />
    </Page>
  );
}
