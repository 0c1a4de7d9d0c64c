import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Account", href: "/account" }, { label: "…" }]}>
      <PageHeader title="Your account" />
      <div role="status" aria-label="Loading" className="grid gap-4">
        <Skeleton className="h-9 rounded-1" />
        <Skeleton className="h-60 rounded-2" />
      </div>
    </Page>
  );
}
