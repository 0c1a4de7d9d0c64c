import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { crumbsTo } from "@/app/(console)/admin/setup/apps/crumbs";

export default function Loading() {
  return (
    <Page crumbs={crumbsTo()}>
      <PageHeader
        title="Apps"
        sub="Each app of the organization gets its own keys. Keys work on every API, never expire, and end only when you rotate or revoke them."
      />
      <TableSkeleton />
    </Page>
  );
}
