import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { PageLink } from "@/components/ui/page-link";
import { listApps } from "@/lib/apps/queries";
import { ListApps } from "@/lib/apps/schema";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { formatCount } from "@/lib/format";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { allows } from "@/lib/kernel/permissions";
import { countLiveKeys } from "@/lib/keys/queries";
import { AppTable } from "./app-table";
import { SUB } from "./sub";
import { APPS_PATH, crumbsTo } from "@/app/(console)/admin/setup/apps/crumbs";

export const metadata: Metadata = { title: "Apps" };

export default async function AppsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtxWith("apps:read");
  const query = readSearch(ListApps, await searchParams);
  const [page, liveKeys] = await Promise.all([
    readPage(query, (asked) => listApps(ctx, asked)),
    allows(ctx.power, "keys:read") ? countLiveKeys(ctx) : undefined,
  ]);
  const isFiltered = Boolean(query.q ?? query.status);
  const apps = formatCount(page.total, "app");
  const newApp = allows(ctx.power, "apps:create") && (
    <Button asChild variant="primary">
      <PageLink href={`${APPS_PATH}/new`}>New app</PageLink>
    </Button>
  );
  return (
    <Page crumbs={crumbsTo()}>
      <PageHeader title="Apps" sub={SUB} actions={newApp} />
      <AppTable
        rows={page.rows}
        nextCursor={page.nextCursor ?? undefined}
        summary={
          isFiltered || liveKeys === undefined
            ? `${apps}${isFiltered ? " found" : ""}`
            : `${apps} · ${formatCount(liveKeys, "live key")}`
        }
        newApp={newApp}
      />
    </Page>
  );
}
