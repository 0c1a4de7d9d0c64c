import type { Metadata } from "next";
import { Suspense } from "react";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { countEvents, getEvent, listEvents, listFilterNames } from "@/lib/audit/queries";
import { ExploreEvents, FilterEvents } from "@/lib/audit/schema";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { toAppError } from "@/lib/kernel/errors";
import { listViews } from "@/lib/views/queries";
import { CRUMBS, SUB, TITLE } from "./about";
import { EventTable } from "./event-table";
import { TrailHistogram } from "./trail-histogram";

export const metadata: Metadata = { title: TITLE };

const FILTER_KEYS = Object.keys(FilterEvents.shape);

export default async function AuditPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtxWith("audit:read");
  const search = await searchParams;
  const { event, ...query } = readSearch(ExploreEvents, search);
  const counted = countEvents(ctx, readSearch(FilterEvents, search));
  const [page, names, views] = await Promise.all([
    readPage(query, (asked) => listEvents(ctx, asked)),
    listFilterNames(ctx, query),
    listViews(ctx),
  ]);
  const isListed = page.rows.some(({ ZUID }) => ZUID === event);
  return (
    <Page crumbs={CRUMBS}>
      <PageHeader title={TITLE} sub={SUB} />
      <EventTable
        chart={
          <Suspense fallback={<div className="mb-3 h-[76px]" />}>
            <TrailHistogram counted={counted} />
          </Suspense>
        }
        views={views.rows}
        filterKeys={FILTER_KEYS}
        ownId={ctx.principal.id ?? ""}
        log={ctx.organizationId}
        rows={page.rows}
        total={page.total ?? undefined}
        nextCursor={page.nextCursor ?? undefined}
        previousCursor={page.previousCursor ?? undefined}
        names={names}
        linked={event === undefined || isListed ? undefined : await getEvent(ctx, event).catch(unlessAbsent)}
      />
    </Page>
  );
}

function unlessAbsent(thrown: unknown): undefined {
  if (toAppError(thrown).code !== "not_found") throw thrown;
}
