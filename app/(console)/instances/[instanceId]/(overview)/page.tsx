import type { Metadata } from "next";
import { RecentEvents } from "@/app/(console)/(home)/recent-events";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Id } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { PageLink } from "@/components/ui/page-link";
import { Time } from "@/components/ui/time";
import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { allows } from "@/lib/kernel/permissions";
import { EditInstance } from "@/app/(console)/instances/[instanceId]/edit-instance";
import { InstanceTabs } from "@/app/(console)/instances/[instanceId]/instance-tabs";
import { readInstance } from "@/app/(console)/instances/[instanceId]/read-instance";

interface InstancePageProps {
  params: Promise<{ instanceId: string }>;
}

export async function generateMetadata({ params }: InstancePageProps): Promise<Metadata> {
  return { title: (await readInstance((await params).instanceId)).instance.name };
}

export default async function InstancePage({ params }: InstancePageProps) {
  const { ctx, instance } = await readInstance((await params).instanceId);
  const { ZUID, name, domain, createdAt, updatedAt } = instance;
  const trail = `/audit?instance=${ZUID}`;
  const events = allows(ctx.power, "audit:read")
    ? await listEvents(ctx, ListEvents.parse({ instance: ZUID, limit: 8 }))
    : undefined;
  return (
    <Page crumbs={[{ label: "Instances", href: "/instances" }, { label: name }]}>
      <PageHeader
        title={name}
        sub={<Id value={ZUID} />}
        actions={
          <>
            {events && (
              <Button asChild>
                <PageLink href={trail}>History</PageLink>
              </Button>
            )}
            {allows(ctx.power, "instances:update", ZUID) && <EditInstance instance={instance} />}
          </>
        }
      />
      <InstanceTabs power={ctx.power} instanceId={ZUID} current="Overview" />
      <div className="grid gap-4">
        <Card title="Details">
          <DescriptionList
            items={[
              ["Name", name],
              ["Domain", domain ?? <span className="text-ink-3">none</span>],
              ["Created", <Time key="created" value={createdAt} />],
              ["Changed", <Time key="changed" value={updatedAt} />],
            ]}
          />
        </Card>
        {events && <RecentEvents events={events.rows} trail={trail} />}
      </div>
    </Page>
  );
}
