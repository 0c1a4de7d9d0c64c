import type { ReactNode } from "react";
import type { NavGroup } from "@/components/shell/navigation";
import { countApps } from "@/lib/apps/queries";
import { currentSession } from "@/lib/auth/current-session";
import { owesFactor, pageCtx } from "@/lib/auth/page-ctx";
import { canInvite, canListInvites } from "@/lib/invites/queries";
import { hasOutbox } from "@/lib/mail/queries";
import { canListInstances, listInstances } from "@/lib/instances/queries";
import { type InstanceRecord, ListInstances } from "@/lib/instances/schema";
import { allows, type Power } from "@/lib/kernel/permissions";
import { systemRole } from "@/lib/kernel/system-roles";
import { getOrganization } from "@/lib/organization/queries";
import { canListCredentials } from "@/lib/overview/queries";
import { countUsers } from "@/lib/users/queries";
import { ConsoleShell } from "./console-shell";
import { timesOf } from "./session-times";

const LISTED_INSTANCES = 8;

/** The frame of the console. It shows what the person may see; each page decides again by itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await pageCtx();
  const { power } = ctx;
  const may = {
    isEnrolling: owesFactor(ctx),
    readApps: allows(power, "apps:read"),
    createApps: allows(power, "apps:create"),
    readKeys: allows(power, "keys:read"),
    listCredentials: canListCredentials(power),
    readAudit: allows(power, "audit:read"),
    readStreams: allows(power, "audit:read") && allows(power, "streams:read"),
    readPeople: allows(power, "users:read"),
    listInstances: canListInstances(power),
    createInstances: allows(power, "instances:create"),
    listInvites: canListInvites(power),
    invite: canInvite(power),
    readOutbox: hasOutbox(power),
    readPolicy: allows(power, "policy:read"),
  };
  const [organization, instances, apps, people] = await Promise.all([
    getOrganization(ctx),
    may.listInstances ? listInstances(ctx, ListInstances.parse({ limit: LISTED_INSTANCES })) : undefined,
    may.readApps ? countApps(ctx) : undefined,
    may.readPeople ? countUsers(ctx) : undefined,
  ]);
  const session = currentSession(ctx);

  const navigation: NavGroup[] = [
    owesFactor(ctx)
      ? { items: [{ label: "Security", href: "/account/security" }] }
      : {
          items: [
            { label: "Overview", href: "/" },
            ...(may.listCredentials ? [{ label: "Credentials", href: "/credentials" }] : []),
            ...(may.readAudit
              ? [
                  { label: "Audit trail", href: "/audit" },
                  { label: "Integrity", href: "/audit/integrity" },
                ]
              : []),
            ...(may.readStreams ? [{ label: "Streams", href: "/audit/streams" }] : []),
          ],
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
  if (apps !== undefined) {
    navigation.push({
      label: "Admin › Setup",
      items: [
        { label: "Apps", href: "/admin/setup/apps", count: apps },
        { label: "Resources", href: "/admin/resources" },
      ],
    });
  }
  const peoplePages = [
    ...(people === undefined ? [] : [{ label: "People", href: "/admin/users", count: people }]),
    ...(may.listInvites ? [{ label: "Invitations", href: "/admin/invites" }] : []),
    ...(may.readOutbox ? [{ label: "Outbox", href: "/admin/outbox" }] : []),
    ...(may.readPolicy ? [{ label: "Policy", href: "/admin/policy" }] : []),
  ];
  if (peoplePages.length > 0) navigation.push({ label: "Admin", items: peoplePages });

  return (
    <ConsoleShell
      organization={organization}
      user={{
        name: session.name,
        email: session.email,
        role: may.isEnrolling ? "second factor missing" : highestRoleOf(power),
      }}
      navigation={navigation}
      session={timesOf(session)}
      may={{ ...may, ...placesOf(power, instances?.rows ?? []) }}
    >
      {children}
    </ConsoleShell>
  );
}

/** Where tokens and roles may be seen and made: asking elsewhere would be a refusal on the trail. */
const placesOf = (power: Power, instances: readonly InstanceRecord[]) => ({
  readRolesOn: instances.filter(({ ZUID }) => allows(power, "roles:read", ZUID)),
  readTokensOn: instances.filter(({ ZUID }) => allows(power, "tokens:read", ZUID)),
  issueTokensOn: instances.filter(({ ZUID }) => allows(power, "tokens:create", ZUID)),
});

function highestRoleOf(power: Power): string {
  const roles = power.kind === "roles" ? power.roles.map((role) => systemRole(role.systemRoleId)) : [];
  return roles.sort((a, b) => a.level - b.level)[0]?.name ?? "no role";
}
