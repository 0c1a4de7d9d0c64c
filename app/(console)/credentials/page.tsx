import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { formatCount } from "@/lib/format";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { listCredentials } from "@/lib/overview/queries";
import { ListCredentials } from "@/lib/overview/schema";
import { CredentialTable } from "./credential-table";
import { HEAD } from "./head";

export const metadata: Metadata = { title: "API keys of all apps" };

export default async function CredentialsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtxWith("keys:read");
  const query = readSearch(ListCredentials, await searchParams);
  const page = await readPage(query, (asked) => listCredentials(ctx, asked));
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} />
      <CredentialTable
        rows={page.rows}
        nextCursor={page.nextCursor ?? undefined}
        summary={formatCount(page.total, "key")}
      />
    </Page>
  );
}
