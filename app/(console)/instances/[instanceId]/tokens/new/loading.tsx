import { Page } from "@/components/shell/page";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Instances", href: "/instances" }, { label: "…" }, { label: "Tokens" }, { label: "New" }]}>
      <PageHeader title="Issue an access token" />
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
