import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Instances", href: "/instances" }, { label: "…" }, { label: "Roles" }]}>
      <PageHeader title="Roles" sub={<Skeleton className="mt-2 w-96 max-w-full" />} />
      <TableSkeleton columns={6} />
    </Page>
  );
}
