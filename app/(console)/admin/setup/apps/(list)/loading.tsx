import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { crumbsTo } from "@/app/(console)/admin/setup/apps/crumbs";
import { SUB } from "./sub";

export default function Loading() {
  return (
    <Page crumbs={crumbsTo()}>
      <PageHeader title="Apps" sub={SUB} />
      <TableSkeleton />
    </Page>
  );
}
