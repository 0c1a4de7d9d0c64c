import { Page } from "@/components/shell/page";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { crumbsTo } from "@/app/(console)/admin/setup/apps/crumbs";

export default function Loading() {
  return (
    <Page crumbs={crumbsTo({ label: "New" })}>
      <PageHeader title="Register an app" />
      <Card className="max-w-[680px]">
        <div role="status" aria-label="Loading" className="grid gap-5">
          {[0, 1, 2, 3].map((row) => (
            <Skeleton key={row} className="h-8" />
          ))}
        </div>
      </Card>
    </Page>
  );
}
