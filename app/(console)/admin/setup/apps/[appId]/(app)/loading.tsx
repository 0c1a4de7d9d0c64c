import { crumbsTo } from "@/app/(console)/admin/setup/apps/crumbs";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={crumbsTo({ label: "App" })}>
      <PageHeader title={<Skeleton className="h-6.5 w-56" />} sub={<Skeleton className="my-1.5 w-80 max-w-full" />} />
      <div className="mb-4 h-9 border-b" />
      <TableSkeleton rows={3} />
    </Page>
  );
}
