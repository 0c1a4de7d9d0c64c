import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtx } from "@/lib/auth/page-ctx";
import { formatCount } from "@/lib/format";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { canListInstances, listInstances } from "@/lib/instances/queries";
import { ListInstances } from "@/lib/instances/schema";
import { allows } from "@/lib/kernel/permissions";
import { HEAD } from "./head";
import { InstanceTable } from "./instance-table";
import { NewInstance } from "./new-instance";

export const metadata: Metadata = { title: "Instances" };

export default async function InstancesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtx();
  if (!canListInstances(ctx.power)) notFound();
  const query = readSearch(ListInstances, await searchParams);
  const page = await readPage(query, (asked) => listInstances(ctx, asked));
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader
        title={HEAD.title}
        sub={HEAD.sub}
        actions={allows(ctx.power, "instances:create") && <NewInstance />}
      />
      <InstanceTable
        rows={page.rows}
        nextCursor={page.nextCursor ?? undefined}
        summary={formatCount(page.total, "instance")}
      />
    </Page>
  );
}
