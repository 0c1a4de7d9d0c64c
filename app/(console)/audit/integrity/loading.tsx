import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { HEAD } from "./head";

export default function Loading() {
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {[0, 1].map((column) => (
          <div key={column} className="grid gap-4">
            <Skeleton className="h-52 rounded-2" />
            <Skeleton className="h-64 rounded-2" />
          </div>
        ))}
      </div>
    </Page>
  );
}
