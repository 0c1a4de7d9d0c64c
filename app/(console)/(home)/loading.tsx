import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Overview" }]}>
      <PageHeader title="Overview" sub="What the organization’s credentials are doing, and what wants a decision." />
      <div role="status" aria-label="Loading" className="grid gap-4">
        <Skeleton className="h-[165px] rounded-2 xl:h-[84px]" />
        <Skeleton className="h-72 rounded-2" />
        <div className="grid gap-4 xl:grid-cols-2">
          <Skeleton className="h-60 rounded-2" />
          <Skeleton className="h-28 rounded-2" />
        </div>
        <Skeleton className="h-80 rounded-2" />
      </div>
    </Page>
  );
}
