import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { getEvent, listEvents, listFilterNames } from "@/lib/audit/queries";
import { ExploreEvents } from "@/lib/audit/schema";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { toAppError } from "@/lib/kernel/errors";
import { CRUMBS, SUB, TITLE } from "./about";
import { EventTable } from "./event-table";

export const metadata: Metadata = { title: TITLE };

export default async function AuditPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtxWith("audit:read");
  const { event, ...query } = readSearch(ExploreEvents, await searchParams);
  const [page, names] = await Promise.all([
    readPage(query, (asked) => listEvents(ctx, asked)),
    listFilterNames(ctx, query),
  ]);
  const isListed = page.rows.some(({ ZUID }) => ZUID === event);
  return (
    <Page crumbs={CRUMBS}>
      <PageHeader title={TITLE} sub={SUB} />
      <EventTable
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
