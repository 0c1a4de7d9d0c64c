"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type ReactNode, useState } from "react";
import { SessionList } from "@/app/(console)/account/sessions/session-list";
import { LoginList } from "@/app/(console)/admin/setup/apps/[appId]/login-list";
import { PersonState } from "@/app/(console)/admin/users/person-state";
import { lateDialog } from "@/components/late";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Id } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { PageLink } from "@/components/ui/page-link";
import { Tabs } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import type { GrantRecord } from "@/lib/grants/schema";
import type { PlacedRole } from "@/lib/holders/schema";
import type { IssuedCredential, PersonFacts } from "@/lib/people/schema";
import type { SessionRecord } from "@/lib/sessions/schema";
import { IssuedList } from "./issued-list";
import { reasonToKeep } from "./reasons";
import { Refused } from "./refused";
import { ResetSecondFactor } from "./reset-second-factor";
import { RolesCard } from "./roles-card";

const EditName = lateDialog(() => import("./person-dialogs").then((loaded) => loaded.EditName));
const Deactivate = lateDialog(() => import("./person-dialogs").then((loaded) => loaded.Deactivate));
const Reactivate = lateDialog(() => import("./person-dialogs").then((loaded) => loaded.Reactivate));

interface Some<R> {
  rows: readonly R[];
  total: number;
}

export interface PersonViewProps {
  person: PersonFacts;
  name: string;
  organization: { ZUID: string; name: string };
  rolesToGive: readonly PlacedRole[];
  /** Absent where the reader may not see them. */
  sessions?: Some<SessionRecord>;
  logins?: Some<GrantRecord>;
  issued: Some<IssuedCredential>;
  activity?: ReactNode;
  may: { update: boolean; endSessions: boolean; readAudit: boolean };
}

const TABS = ["sessions", "logins", "issued", "activity"] as const;
type Dialog = "name" | "deactivate" | "reactivate";

/** A person: who they are, what they hold, where they are signed in, and what stays when they leave. */
export function PersonView(props: PersonViewProps) {
  const { person, name, organization, rolesToGive, sessions, logins, issued, activity, may } = props;
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TABS).withOptions({ history: "push" }));
  const [dialog, setDialog] = useState<Dialog>();
  const isGone = person.status === "deactivated";
  const reason = reasonToKeep(person);
  const bind = (which: Dialog) => ({
    open: dialog === which,
    onOpenChange: (isOpen: boolean) => !isOpen && setDialog(undefined),
  });
  const mayEnd = may.endSessions;
  const isSelf = sessions?.rows.some(({ isCurrent }) => isCurrent);
  const mayReset = may.update && !isSelf && reason?.whoseRoles === undefined;
  const tabs = [
    ...(sessions
      ? [
          {
            value: "sessions" as const,
            label: "Sessions",
            count: sessions.total,
            content: (
              <SessionList
                sessions={sessions.rows}
                total={sessions.total}
                person={isSelf ? undefined : { ZUID: person.ZUID, name, mayEnd }}
              />
            ),
          },
        ]
      : []),
    ...(logins
      ? [
          {
            value: "logins" as const,
            label: "Logins",
            count: logins.total,
            content: (
              <LoginList
                logins={logins.rows}
                total={logins.total}
                may={{ end: mayEnd, readAudit: may.readAudit }}
                of="person"
              />
            ),
          },
        ]
      : []),
    {
      value: "issued" as const,
      label: "Tokens and keys issued",
      count: issued.total,
      content: <IssuedList issued={issued} hasLeft={isGone} />,
    },
    ...(activity ? [{ value: "activity" as const, label: "Activity", content: activity }] : []),
  ];

  return (
    <>
      <PageHeader
        title={name}
        sub={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <PersonState status={person.status} />
            <span className="wrap-anywhere">{person.email}</span>
            <Id value={person.ZUID} />
          </span>
        }
        actions={
          <>
            {may.readAudit && (
              <Button asChild>
                <PageLink href={`/audit?target=${person.ZUID}`}>History</PageLink>
              </Button>
            )}
            {may.update && (
              <>
                <Refused reason={reason?.whoseRoles}>
                  <Button onClick={() => setDialog("name")}>Edit</Button>
                </Refused>
                {isGone ? (
                  <Refused reason={reason?.whoseRoles}>
                    <Button variant="primary" onClick={() => setDialog("reactivate")}>
                      Reactivate
                    </Button>
                  </Refused>
                ) : (
                  <Refused reason={reason?.whoseRoles ?? reason?.lastOwner}>
                    <Button variant="danger" onClick={() => setDialog("deactivate")}>
                      Deactivate
                    </Button>
                  </Refused>
                )}
              </>
            )}
          </>
        }
      />
      {isGone && (
        <Banner className="mb-4">
          Deactivated: this person can neither sign in nor use an app. The roles below are kept for when they come back;
          what they issued works on.
        </Banner>
      )}
      <div className="mb-6 grid items-start gap-4 lg:grid-cols-2">
        <Card title="Profile">
          <DescriptionList
            items={[
              ["Kind", person.kind === "guest" ? "Guest" : "Employee"],
              ["Second factor", <SecondFactor key="factor" {...{ person, name }} mayReset={mayReset} />],
              ["Last sign-in", <Time key="last" value={person.lastLogin} none="never" />],
              ["Since", <Time key="since" value={person.createdAt} />],
            ]}
          />
        </Card>
        <RolesCard person={person} name={name} organization={organization} rolesToGive={rolesToGive} />
      </div>
      <Tabs
        label={`More of ${name}`}
        tabs={tabs}
        value={tabs.some(({ value }) => value === tab) ? (tab ?? undefined) : tabs[0]?.value}
        onValueChange={(next) => void setTab(next === tabs[0]?.value ? null : next)}
      />
      <EditName person={person} {...bind("name")} />
      <Deactivate person={person} name={name} {...{ sessions, logins, issued }} {...bind("deactivate")} />
      <Reactivate person={person} name={name} {...bind("reactivate")} />
    </>
  );
}

/** Whether there is one, and the way to take it away. */
function SecondFactor({ person, name, mayReset }: Pick<PersonViewProps, "person" | "name"> & { mayReset: boolean }) {
  if (!person.hasSecondFactor) return <span className="text-ink-3">off</span>;
  return (
    <span className="flex flex-wrap items-center justify-between gap-2">
      on{mayReset && <ResetSecondFactor userId={person.ZUID} name={name} />}
    </span>
  );
}
