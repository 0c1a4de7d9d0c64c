import type { Metadata } from "next";
import { peopleCrumbs } from "@/app/(console)/admin/users/crumbs";
import { Activity } from "@/app/(console)/audit/activity";
import { Page } from "@/components/shell/page";
import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { listGrantsOfUser } from "@/lib/grants/queries";
import { ListGrants } from "@/lib/grants/schema";
import { listRolesToGive } from "@/lib/holders/queries";
import { allows } from "@/lib/kernel/permissions";
import { getOrganization } from "@/lib/organization/queries";
import { listIssuedBy } from "@/lib/people/queries";
import { listSessions } from "@/lib/sessions/queries";
import { ListSessions } from "@/lib/sessions/schema";
import { PersonView } from "./person-view";
import { readPerson } from "./read-person";

interface PersonPageProps {
  params: Promise<{ userId: string }>;
}

export async function generateMetadata({ params }: PersonPageProps): Promise<Metadata> {
  return { title: (await readPerson((await params).userId)).name };
}

export default async function PersonPage({ params }: PersonPageProps) {
  const { ctx, person, name } = await readPerson((await params).userId);
  const { ZUID } = person;
  const { power } = ctx;
  const isSelf = ctx.principal.id === ZUID;
  const mayReadSessions = isSelf || allows(power, "sessions:read");
  const [organization, rolesToGive, sessions, logins, issued, events] = await Promise.all([
    getOrganization(ctx),
    listRolesToGive(ctx),
    mayReadSessions ? listSessions(ctx, ListSessions.parse({ user: ZUID, limit: 100 })) : undefined,
    mayReadSessions ? listGrantsOfUser(ctx, ZUID, ListGrants.parse({ limit: 100 })) : undefined,
    listIssuedBy(ctx, ZUID),
    allows(power, "audit:read") ? listEvents(ctx, ListEvents.parse({ actor: ZUID, limit: 20 })) : undefined,
  ]);
  return (
    <Page crumbs={peopleCrumbs({ label: name })}>
      <PersonView
        person={person}
        name={name}
        organization={organization}
        rolesToGive={rolesToGive}
        sessions={sessions && { rows: sessions.rows, total: sessions.total }}
        logins={logins && { rows: logins.rows, total: logins.total }}
        issued={{ rows: issued.rows, total: issued.total }}
        activity={
          events && (
            <Activity
              events={events.rows}
              total={events.total ?? events.rows.length}
              trail={`/audit?actor=${ZUID}`}
              empty="What this person does appears here."
            />
          )
        }
        may={{
          update: allows(power, "users:update"),
          endSessions: allows(power, "sessions:delete"),
          readAudit: events !== undefined,
        }}
      />
    </Page>
  );
}
