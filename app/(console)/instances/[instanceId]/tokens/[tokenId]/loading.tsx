import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Instances", href: "/instances" }, { label: "…" }, { label: "Tokens" }, { label: "…" }]}>
      <PageHeader title={<Skeleton className="h-6.5 w-56" />} sub={<Skeleton className="my-1.5 w-96 max-w-full" />} />
      <div role="status" aria-label="Loading" className="grid gap-4 lg:grid-cols-2">
        {["reach", "use"].map((part) => (
          <div key={part} className="grid gap-3 rounded-2 border bg-surface px-[18px] py-4">
            {[0, 1, 2, 3].map((row) => (
              <Skeleton key={row} />
            ))}
          </div>
        ))}
      </div>
    </Page>
  );
}
