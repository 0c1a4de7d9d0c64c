import type { Metadata } from "next";
import { OpenedEndpoints } from "@/app/(console)/instances/[instanceId]/tokens/opened-endpoints";
import { readToken, tokenCrumbs } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";
import { Page } from "@/components/shell/page";
import { getRotationPolicy } from "@/lib/credentials/queries";
import { allows } from "@/lib/kernel/permissions";
import { listResources } from "@/lib/resources/queries";
import { getTokenPermissions } from "@/lib/tokens/queries";
import { getTokenUsage } from "@/lib/usage/queries";
import { TokenView } from "./token-view";

interface Props {
  params: Promise<{ instanceId: string; tokenId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { instanceId, tokenId } = await params;
  return { title: (await readToken(instanceId, tokenId)).record.name };
}

export default async function TokenPage({ params }: Props) {
  const { instanceId, tokenId } = await params;
  const { ctx, instance, record } = await readToken(instanceId, tokenId);
  const may = {
    update: allows(ctx.power, "tokens:update", instanceId),
    revoke: allows(ctx.power, "tokens:delete", instanceId),
    readAudit: allows(ctx.power, "audit:read"),
  };
  const [policy, permissions, { rows }, usage] = await Promise.all([
    getRotationPolicy(ctx, instanceId),
    getTokenPermissions(ctx, tokenId),
    listResources(ctx),
    getTokenUsage(ctx, tokenId),
  ]);
  return (
    <Page crumbs={tokenCrumbs(instance, { label: record.name })}>
      <TokenView instance={instance} rendered={record} usage={usage} policy={policy} may={may}>
        <OpenedEndpoints permissions={permissions} resources={rows} mayRegister={allows(ctx.power, "apps:update")} />
      </TokenView>
    </Page>
  );
}
