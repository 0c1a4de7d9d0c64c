import type { Metadata } from "next";
import { readRole, roleCrumbs } from "@/app/(console)/instances/[instanceId]/roles/read-roles";
import { Page } from "@/components/shell/page";
import { listRolesToGive } from "@/lib/holders/queries";
import { allows, exceeding, registeredOf } from "@/lib/kernel/permissions";
import { CONTENT_RESOURCES } from "@/lib/kernel/system-roles";
import { RoleView } from "./role-view";

interface RolePageProps {
  params: Promise<{ instanceId: string; roleId: string }>;
}

export async function generateMetadata({ params }: RolePageProps): Promise<Metadata> {
  const { instanceId, roleId } = await params;
  return { title: (await readRole(instanceId, roleId)).role.name };
}

export default async function RolePage({ params }: RolePageProps) {
  const { instanceId, roleId } = await params;
  const { ctx, instance, role, held, holders } = await readRole(instanceId, roleId);
  const place = held.instanceId ?? undefined;
  const may = {
    create: allows(ctx.power, "roles:create", instanceId),
    createEverywhere: allows(ctx.power, "roles:create"),
    update: allows(ctx.power, "roles:update", place),
    delete: allows(ctx.power, "roles:delete", place),
    readPeople: allows(ctx.power, "users:read"),
    readAudit: allows(ctx.power, "audit:read"),
  };
  const replacements = may.delete && !role.static ? await listRolesToGive(ctx, [held.instanceId]) : [];
  return (
    <Page crumbs={roleCrumbs(instance, { label: role.name })}>
      <RoleView
        key={role.ZUID}
        instance={instance}
        organizationId={ctx.organizationId}
        role={role}
        held={held}
        holders={holders}
        power={ctx.power}
        beyond={exceeding(ctx.power, held)}
        resources={[...CONTENT_RESOURCES, ...registeredOf(ctx.power)]}
        replacements={replacements.filter(({ ZUID }) => ZUID !== role.ZUID)}
        may={may}
      />
    </Page>
  );
}
