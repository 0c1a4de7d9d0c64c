import type { Metadata } from "next";
import { AccountPage } from "@/app/(console)/account/account-page";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Id } from "@/components/ui/id";
import { Time } from "@/components/ui/time";
import { currentSession } from "@/lib/auth/current-session";
import { pageCtx } from "@/lib/auth/page-ctx";
import { canListInstances, listInstances } from "@/lib/instances/queries";
import { ListInstances } from "@/lib/instances/schema";
import { getOrganization } from "@/lib/organization/queries";
import { listMyRoles } from "@/lib/roles/queries";
import { getUser } from "@/lib/users/queries";

export const metadata: Metadata = { title: "Your account" };

export default async function ProfilePage() {
  const ctx = await pageCtx();
  const { userZUID } = currentSession(ctx);
  const [user, roles, organization, instances] = await Promise.all([
    getUser(ctx, userZUID),
    listMyRoles(ctx),
    getOrganization(ctx),
    canListInstances(ctx.power) ? listInstances(ctx, ListInstances.parse({ limit: 100 })) : undefined,
  ]);
  const placeOf = (id: string | null) =>
    id === null || id === organization.ZUID
      ? `${organization.name} and all its instances`
      : (instances?.rows.find(({ ZUID }) => ZUID === id)?.name ?? id);
  return (
    <AccountPage part="Profile">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Profile">
          <DescriptionList
            items={[
              ["Name", `${user.firstName} ${user.lastName}`.trim()],
              ["E-mail", user.email],
              ["Id", <Id key="id" value={user.ZUID} />],
              ["Organization", organization.name],
              ["Since", <Time key="since" value={user.createdAt} />],
              ["Last sign-in", <Time key="last" value={user.lastLogin} />],
            ]}
          />
        </Card>
        <Card title="Roles" footer="An Owner, Admin or Access Admin changes who holds which role.">
          {roles.rows.length === 0 ? (
            <p className="text-s text-ink-2">You hold no role, so there is nothing you may see or do yet.</p>
          ) : (
            <DescriptionList items={roles.rows.map(({ name, entityZUID }) => [name, placeOf(entityZUID)] as const)} />
          )}
        </Card>
      </div>
    </AccountPage>
  );
}
