import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { pageCtx } from "@/lib/auth/page-ctx";
import { CredentialList } from "@/lib/credentials/schema";
import { listGrants } from "@/lib/grants/queries";
import { ListGrants } from "@/lib/grants/schema";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { allows } from "@/lib/kernel/permissions";
import { listKeys } from "@/lib/keys/queries";
import { getHourlyUsage } from "@/lib/usage/queries";
import { crumbsTo } from "@/app/(console)/admin/setup/apps/crumbs";
import { Activity } from "@/app/(console)/audit/activity";
import { AppView } from "@/app/(console)/admin/setup/apps/[appId]/app-view";
import { LoginList } from "@/app/(console)/admin/setup/apps/[appId]/login-list";
import { readApp } from "@/app/(console)/admin/setup/apps/[appId]/read-app";

interface Props {
  params: Promise<{ appId: string }>;
  searchParams: Promise<Search>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readApp((await params).appId)).name };
}

export default async function AppPage({ params, searchParams }: Props) {
  const { appId } = await params;
  const [app, ctx, search] = await Promise.all([readApp(appId), pageCtx(), searchParams]);
  const may = {
    update: allows(ctx.power, "apps:update"),
    delete: allows(ctx.power, "apps:delete"),
    readKeys: allows(ctx.power, "keys:read"),
    revokeKeys: allows(ctx.power, "keys:delete"),
    generateKeys: allows(ctx.power, "keys:create"),
    readAudit: allows(ctx.power, "audit:read"),
    readLogins: allows(ctx.power, "sessions:read"),
    endLogins: allows(ctx.power, "sessions:delete"),
  };
  const query = readSearch(CredentialList, search);
  const [keys, logins, events] = await Promise.all([
    may.readKeys ? readPage(query, (asked) => listKeys(ctx, appId, asked)) : undefined,
    may.readLogins ? listGrants(ctx, appId, ListGrants.parse({ limit: 100 })) : undefined,
    may.readAudit ? listEvents(ctx, ListEvents.parse({ app: appId, limit: 12 })) : undefined,
  ]);
  const hours = await getHourlyUsage(ctx, keys?.rows.map(({ ZUID }) => ZUID) ?? []);
  return (
    <Page crumbs={crumbsTo({ label: app.name })}>
      <AppView
        app={app}
        may={may}
        keys={keys && { rows: keys.rows, hours, nextCursor: keys.nextCursor ?? undefined, path: pathOf(appId, query) }}
        logins={
          logins && (
            <LoginList
              of="app"
              logins={logins.rows}
              total={logins.total}
              may={{ end: may.endLogins, readAudit: may.readAudit }}
            />
          )
        }
        activity={
          events && (
            <Activity
              events={events.rows}
              total={events.total ?? events.rows.length}
              trail={`/audit?app=${appId}`}
              empty="Every change of this app and its keys appears here."
            />
          )
        }
      />
    </Page>
  );
}

/** Where the same keys are read again while the page is open. */
function pathOf(appId: string, query: CredentialList): string {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return `/v1/apps/${appId}/keys?${new URLSearchParams(given)}`;
}
