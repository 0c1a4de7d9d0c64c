import type { Metadata } from "next";
import { readInstanceWith, tokenCrumbs } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";
import { Page } from "@/components/shell/page";
import { allows } from "@/lib/kernel/permissions";
import { listResources } from "@/lib/resources/queries";
import { getIssueOptions } from "@/lib/tokens/queries";
import { IssueTokenWizard } from "./issue-token-wizard";

export const metadata: Metadata = { title: "New access token" };

export default async function NewTokenPage({ params }: { params: Promise<{ instanceId: string }> }) {
  const { ctx, instance } = await readInstanceWith("tokens:create", (await params).instanceId);
  const [options, { rows }] = await Promise.all([getIssueOptions(ctx, instance.ZUID), listResources(ctx)]);
  const mayRegister = allows(ctx.power, "apps:update");
  return (
    <Page crumbs={tokenCrumbs(instance, { label: "New" })}>
      <IssueTokenWizard
        instance={instance}
        options={options}
        mayMakeRoles={allows(ctx.power, "roles:create", instance.ZUID)}
        resources={rows}
        mayRegister={mayRegister}
      />
    </Page>
  );
}
