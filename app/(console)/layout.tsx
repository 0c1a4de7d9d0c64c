import type { ReactNode } from "react";
import type { NavGroup } from "@/components/shell/navigation";
import { listApps } from "@/lib/apps/queries";
import { ListApps } from "@/lib/apps/schema";
import { currentSession } from "@/lib/auth/current-session";
import { pageCtx } from "@/lib/auth/page-ctx";
import { canListInstances, listInstances } from "@/lib/instances/queries";
import { type InstanceRecord, ListInstances } from "@/lib/instances/schema";
import { allows, type Power } from "@/lib/kernel/permissions";
import { systemRole } from "@/lib/kernel/system-roles";
import { getOrganization } from "@/lib/organization/queries";
import { ConsoleShell } from "./console-shell";
import { timesOf } from "./session-times";

const LISTED_INSTANCES = 8;

/** The frame of the console. It shows what the person may see; each page decides again by itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await pageCtx();
  const { power } = ctx;
  const may = {
    readApps: allows(power, "apps:read"),
    createApps: allows(power, "apps:create"),
    readKeys: allows(power, "keys:read"),
    readAudit: allows(power, "audit:read"),
    listInstances: canListInstances(power),
    createInstances: allows(power, "instances:create"),
  };
  const [organization, instances, apps] = await Promise.all([
    getOrganization(ctx),
    may.listInstances ? listInstances(ctx, ListInstances.parse({ limit: LISTED_INSTANCES })) : undefined,
    may.readApps ? listApps(ctx, ListApps.parse({ limit: 1 })) : undefined,
  ]);
  const session = currentSession(ctx);

  const navigation: NavGroup[] = [
    {
      items: [{ label: "Overview", href: "/" }, ...(may.readAudit ? [{ label: "Audit trail", href: "/audit" }] : [])],
    },
  ];
  if (instances) {
    navigation.push({
      label: "Instances",
      items: [
        ...instances.rows.map(({ ZUID, name }) => ({ label: name, href: `/instances/${ZUID}` })),
        { label: "All instances", href: "/instances", count: instances.total },
      ],
    });
  }
  if (apps) {
    navigation.push({
      label: "Admin › Setup",
      items: [{ label: "Apps", href: "/admin/setup/apps", count: apps.total }],
    });
  }

  return (
    <ConsoleShell
      organization={organization}
      user={{ name: session.name, email: session.email, role: highestRoleOf(power) }}
      navigation={navigation}
      session={timesOf(session)}
      may={{ ...may, ...tokenPlaces(power, instances?.rows ?? []) }}
    >
      {children}
    </ConsoleShell>
  );
}

/** Where tokens may be seen and issued: asking elsewhere would be a refusal on the trail. */
const tokenPlaces = (power: Power, instances: readonly InstanceRecord[]) => ({
  readTokensOn: instances.filter(({ ZUID }) => allows(power, "tokens:read", ZUID)),
  issueTokensOn: instances.filter(({ ZUID }) => allows(power, "tokens:create", ZUID)),
});

function highestRoleOf(power: Power): string {
  const roles = power.kind === "roles" ? power.roles.map((role) => systemRole(role.systemRoleId)) : [];
  return roles.sort((a, b) => a.level - b.level)[0]?.name ?? "no role";
}
