import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtx } from "@/lib/auth/page-ctx";
import { formatCount } from "@/lib/format";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { allows, type Power } from "@/lib/kernel/permissions";
import { canListCredentials, listCredentials } from "@/lib/overview/queries";
import { ListCredentials, type ListedCredential } from "@/lib/overview/schema";
import { getHourlyUsage } from "@/lib/usage/queries";
import { CredentialTable } from "./credential-table";
import { HEAD } from "./head";

export const metadata: Metadata = { title: "Credentials" };

export default async function CredentialsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtx();
  if (!canListCredentials(ctx.power)) notFound();
  const query = readSearch(ListCredentials, await searchParams);
  const page = await readPage(query, (asked) => listCredentials(ctx, asked));
  const hours = await getHourlyUsage(
    ctx,
    page.rows.map(({ ZUID }) => ZUID),
  );
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} />
      <CredentialTable
        rows={page.rows.map((row) => ({
          ...row,
          mayRevoke: mayRevoke(ctx.power, row),
          mayConfirm: allows(ctx.power, "tokens:update") && allows(ctx.power, "keys:update"),
          hours: hours[row.ZUID],
        }))}
        nextCursor={page.nextCursor ?? undefined}
        summary={formatCount(page.total, "credential")}
      />
    </Page>
  );
}

const mayRevoke = (power: Power, { kind, place }: ListedCredential) =>
  kind === "api_key" ? allows(power, "keys:delete") : allows(power, "tokens:delete", place.ZUID);
