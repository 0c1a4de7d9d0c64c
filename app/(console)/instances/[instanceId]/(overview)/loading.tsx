import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Instances", href: "/instances" }, { label: "…" }]}>
      <PageHeader title={<Skeleton className="mt-1 h-5 w-56" />} sub={<Skeleton className="mt-2 w-40" />} />
      <div role="status" aria-label="Loading" className="grid gap-4">
        <Skeleton className="h-40 rounded-2" />
        <Skeleton className="h-80 rounded-2" />
      </div>
    </Page>
  );
}
