import type { Metadata } from "next";
import { InstanceTabs } from "@/app/(console)/instances/[instanceId]/instance-tabs";
import { NewRole } from "@/app/(console)/instances/[instanceId]/roles/new-role";
import { roleCrumbs } from "@/app/(console)/instances/[instanceId]/roles/read-roles";
import { readInstanceWith } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { formatCount } from "@/lib/format";
import { listRolesAt } from "@/lib/holders/queries";
import { ListRolesAt } from "@/lib/holders/schema";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { allows } from "@/lib/kernel/permissions";
import { RoleTable } from "./role-table";

export const metadata: Metadata = { title: "Roles" };

interface RolesPageProps {
  params: Promise<{ instanceId: string }>;
  searchParams: Promise<Search>;
}

const SHOWN = "50";

export default async function RolesPage({ params, searchParams }: RolesPageProps) {
  const { ctx, instance } = await readInstanceWith("roles:read", (await params).instanceId);
  const query = readSearch(ListRolesAt, { limit: SHOWN, ...(await searchParams) });
  const page = await readPage(query, (asked) => listRolesAt(ctx, instance.ZUID, asked));
  return (
    <Page crumbs={roleCrumbs(instance)}>
      <PageHeader
        title="Roles"
        sub={`What people and tokens may do on ${instance.name}. A custom role is a base role with rules of its own.`}
        actions={
          allows(ctx.power, "roles:create", instance.ZUID) && (
            <NewRole
              instance={instance}
              organizationId={allows(ctx.power, "roles:create") ? ctx.organizationId : undefined}
              power={ctx.power}
              trigger={<Button variant="primary">New role</Button>}
            />
          )
        }
      />
      <InstanceTabs power={ctx.power} instanceId={instance.ZUID} current="Roles" />
      <RoleTable
        instanceId={instance.ZUID}
        rows={page.rows}
        nextCursor={page.nextCursor ?? undefined}
        summary={formatCount(page.total, "role")}
      />
    </Page>
  );
}
