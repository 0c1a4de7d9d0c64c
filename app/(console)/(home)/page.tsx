import type { Metadata } from "next";
import { cn } from "@/components/cn";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PageLink } from "@/components/ui/page-link";
import { pageCtx } from "@/lib/auth/page-ctx";
import { allows } from "@/lib/kernel/permissions";
import { canListCredentials, getOverview } from "@/lib/overview/queries";
import { getUsage } from "@/lib/usage/queries";
import { CredentialCounts } from "./credential-counts";
import { ExpiryCalendar } from "./expiry-calendar";
import { RecentEvents } from "./recent-events";
import { ThingsToDo } from "./things-to-do";
import { Verifications } from "./verifications";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const ctx = await pageCtx();
  const [overview, usage] = await Promise.all([
    getOverview(ctx),
    canListCredentials(ctx.power) ? getUsage(ctx) : undefined,
  ]);
  const { credentials, events } = overview;
  const hasSome = credentials !== undefined && Object.values(credentials.byState).some((count) => count > 0);
  return (
    <Page crumbs={[{ label: "Overview" }]}>
      <PageHeader
        title="Overview"
        sub="What the organization’s credentials are doing, and what wants a decision."
        actions={
          allows(ctx.power, "apps:create") && (
            <Button asChild variant="primary">
              <PageLink href="/admin/setup/apps/new">New app</PageLink>
            </Button>
          )
        }
      />
      <div className="grid gap-4">
        {!credentials && !events && (
          <Card>
            <EmptyState title="Nothing to oversee">
              Your roles show neither credentials nor the audit trail. An Owner or Admin can change that.
            </EmptyState>
          </Card>
        )}
        {hasSome && <CredentialCounts credentials={credentials} />}
        {hasSome && usage && <Verifications usage={usage} />}
        <div className={cn("grid gap-4", hasSome && "xl:grid-cols-2")}>
          {credentials && <ThingsToDo overview={overview} mayRegister={allows(ctx.power, "apps:create")} />}
          {hasSome && <ExpiryCalendar expiries={credentials.expiries} />}
        </div>
        {events && <RecentEvents events={events} />}
      </div>
    </Page>
  );
}
