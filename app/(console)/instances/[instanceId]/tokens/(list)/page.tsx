import type { Metadata } from "next";
import { InstanceTabs } from "@/app/(console)/instances/[instanceId]/instance-tabs";
import { readInstanceWith, tokenCrumbs } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { PageLink } from "@/components/ui/page-link";
import { CredentialList } from "@/lib/credentials/schema";
import { formatCount } from "@/lib/format";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { allows } from "@/lib/kernel/permissions";
import { listTokens } from "@/lib/tokens/queries";
import { getHourlyUsage } from "@/lib/usage/queries";
import { TokenTable } from "./token-table";

export const metadata: Metadata = { title: "Access tokens" };

interface TokensPageProps {
  params: Promise<{ instanceId: string }>;
  searchParams: Promise<Search>;
}

export default async function TokensPage({ params, searchParams }: TokensPageProps) {
  const { ctx, instance } = await readInstanceWith("tokens:read", (await params).instanceId);
  const query = readSearch(CredentialList, await searchParams);
  const page = await readPage(query, (asked) => listTokens(ctx, instance.ZUID, asked));
  const hours = await getHourlyUsage(
    ctx,
    page.rows.map(({ ZUID }) => ZUID),
  );
  const issue = allows(ctx.power, "tokens:create", instance.ZUID) && (
    <Button asChild variant="primary">
      <PageLink href={`/instances/${instance.ZUID}/tokens/new`}>Issue a token</PageLink>
    </Button>
  );
  return (
    <Page crumbs={tokenCrumbs(instance)}>
      <PageHeader
        title="Access tokens"
        sub={`Each does what its role allows on ${instance.name}, and nothing elsewhere, until it expires.`}
        actions={issue}
      />
      <InstanceTabs power={ctx.power} instanceId={instance.ZUID} current="Access tokens" />
      <TokenTable
        instanceId={instance.ZUID}
        rows={page.rows.map((row) => ({ ...row, hours: hours[row.ZUID] }))}
        nextCursor={page.nextCursor ?? undefined}
        summary={formatCount(page.total, "token")}
        issue={issue}
        mayRevoke={allows(ctx.power, "tokens:delete", instance.ZUID)}
      />
    </Page>
  );
}
