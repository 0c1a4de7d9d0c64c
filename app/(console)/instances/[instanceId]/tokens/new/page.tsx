import type { Metadata } from "next";
import { readInstanceWith, tokenCrumbs } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";
import { Page } from "@/components/shell/page";
import { getIssueOptions } from "@/lib/tokens/queries";
import { IssueTokenWizard } from "./issue-token-wizard";

export const metadata: Metadata = { title: "New access token" };

export default async function NewTokenPage({ params }: { params: Promise<{ instanceId: string }> }) {
  const { ctx, instance } = await readInstanceWith("tokens:create", (await params).instanceId);
  return (
    <Page crumbs={tokenCrumbs(instance, { label: "New" })}>
      <IssueTokenWizard instance={instance} options={await getIssueOptions(ctx, instance.ZUID)} />
    </Page>
  );
}
