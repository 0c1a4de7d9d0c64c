import type { Metadata } from "next";
import { readApp } from "@/app/(console)/admin/setup/apps/[appId]/read-app";
import { APPS_PATH, crumbsTo } from "@/app/(console)/admin/setup/apps/crumbs";
import { Page } from "@/components/shell/page";
import { pageCtx } from "@/lib/auth/page-ctx";
import { getRotationPolicy } from "@/lib/credentials/queries";
import { allows } from "@/lib/kernel/permissions";
import { getKeyUsage } from "@/lib/usage/queries";
import { KeyView } from "./key-view";
import { readKey } from "./read-key";

interface Props {
  params: Promise<{ appId: string; keyId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { appId, keyId } = await params;
  return { title: (await readKey(appId, keyId)).name };
}

export default async function KeyPage({ params }: Props) {
  const { appId, keyId } = await params;
  const [app, record, ctx] = await Promise.all([readApp(appId), readKey(appId, keyId), pageCtx()]);
  const may = {
    update: allows(ctx.power, "keys:update"),
    revoke: allows(ctx.power, "keys:delete"),
    readAudit: allows(ctx.power, "audit:read"),
  };
  const [policy, usage] = await Promise.all([getRotationPolicy(ctx), getKeyUsage(ctx, record.ZUID)]);
  return (
    <Page crumbs={crumbsTo({ label: app.name, href: `${APPS_PATH}/${app.ZUID}` }, { label: record.name })}>
      <KeyView app={app} rendered={record} usage={usage} policy={policy} may={may} />
    </Page>
  );
}
