import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { allows } from "@/lib/kernel/permissions";
import { listStreams } from "@/lib/streams/queries";
import { CreateStream } from "./create-stream";
import { HEAD } from "./head";
import { StreamTable } from "./stream-table";

export const metadata: Metadata = { title: HEAD.title };

export default async function StreamsPage() {
  const ctx = await pageCtxWith("streams:read");
  const { rows } = await listStreams(ctx);
  const may = {
    create: allows(ctx.power, "streams:create"),
    update: allows(ctx.power, "streams:update"),
    delete: allows(ctx.power, "streams:delete"),
  };
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} actions={may.create && <CreateStream />} />
      <StreamTable rows={rows} may={may} />
    </Page>
  );
}
