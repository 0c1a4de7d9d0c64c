import { peopleCrumbs } from "@/app/(console)/admin/users/crumbs";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={peopleCrumbs({ label: "…" })}>
      <PageHeader title={<Skeleton className="h-6.5 w-56" />} sub={<Skeleton className="my-1.5 w-96 max-w-full" />} />
      <div role="status" aria-label="Loading" className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-56 rounded-2" />
        <Skeleton className="h-56 rounded-2" />
      </div>
    </Page>
  );
}
