import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { HEAD } from "./head";

export default function Loading() {
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} />
      <TableSkeleton columns={4} />
    </Page>
  );
}
