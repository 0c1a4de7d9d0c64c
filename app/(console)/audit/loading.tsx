import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { CRUMBS, SUB, TITLE } from "./about";

export default function Loading() {
  return (
    <Page crumbs={CRUMBS}>
      <PageHeader title={TITLE} sub={SUB} />
      <TableSkeleton rows={15} />
    </Page>
  );
}
