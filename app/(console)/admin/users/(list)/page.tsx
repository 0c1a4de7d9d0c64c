import type { Metadata } from "next";
import { peopleCrumbs } from "@/app/(console)/admin/users/crumbs";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { formatCount } from "@/lib/format";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { toAppError } from "@/lib/kernel/errors";
import { getRole } from "@/lib/roles/queries";
import { RoleId } from "@/lib/roles/schema";
import { listPeople } from "@/lib/users/queries";
import { ListUsers } from "@/lib/users/schema";
import { HEAD } from "./head";
import { PersonTable } from "./person-table";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtxWith("users:read");
  const query = readSearch(ListUsers, await searchParams);
  const page = await readPage(query, (asked) => listPeople(ctx, asked));
  // A filter by one role comes from that role's page; its name is told if it can be.
  const isOneRole = RoleId.safeParse({ role: query.role }).success;
  const role = isOneRole ? await getRole(ctx, query.role as string).catch(unreadable) : undefined;
  return (
    <Page crumbs={peopleCrumbs()}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} />
      <PersonTable
        rows={page.rows}
        nextCursor={page.nextCursor ?? undefined}
        summary={formatCount(page.total, "person", "people")}
        role={role && { value: role.ZUID, label: role.name }}
      />
    </Page>
  );
}

function unreadable(thrown: unknown): undefined {
  if (!["not_found", "forbidden"].includes(toAppError(thrown).code)) throw thrown;
}
