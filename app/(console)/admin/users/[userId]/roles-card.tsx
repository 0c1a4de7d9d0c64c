"use client";

import { useState } from "react";
import { useChange } from "@/components/change";
import { lateDialog } from "@/components/late";
import { toast } from "@/components/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { PageLink } from "@/components/ui/page-link";
import type { HeldRoleFacts } from "@/lib/people/schema";
import type { PersonViewProps } from "./person-view";
import { reasonToLeave } from "./reasons";
import { Refused } from "./refused";

const ChooseRole = lateDialog(() => import("./choose-role").then((loaded) => loaded.ChooseRole));

type RolesCardProps = Pick<PersonViewProps, "person" | "name" | "organization" | "rolesToGive">;

/** What the person holds and where; each can be changed or taken by who may give it. */
export function RolesCard({ person, name, organization, rolesToGive }: RolesCardProps) {
  const change = useChange();
  const [moving, setMoving] = useState<HeldRoleFacts>();
  const [isGiving, setGiving] = useState(false);
  const held = person.roles.map(({ ZUID }) => ZUID);
  const free = rolesToGive.filter(({ ZUID }) => !held.includes(ZUID));
  const placeOf = (instance: { name: string } | null) => instance?.name ?? `${organization.name} and all its instances`;
  const path = `/v1/users/${person.ZUID}/roles`;

  return (
    <Card
      title="Roles"
      actions={
        free.length > 0 && (
          <Button size="s" onClick={() => setGiving(true)}>
            Give a role
          </Button>
        )
      }
      flush
    >
      {person.roles.length === 0 && (
        <p className="px-[18px] pb-4 text-s text-ink-2">No role, so there is nothing this person may see or do.</p>
      )}
      <ul aria-label="Roles" className="max-h-80 overflow-y-auto text-s">
        {person.roles.map((role) => (
          <li key={role.ZUID} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t px-[18px] py-2.5">
            <div className="min-w-0 flex-1 basis-40">
              <p className="font-semi wrap-anywhere">
                {role.instance ? (
                  <PageLink href={`/instances/${role.instance.ZUID}/roles/${role.ZUID}`} className="hover:underline">
                    {role.name}
                  </PageLink>
                ) : (
                  role.name
                )}
              </p>
              <p className="wrap-anywhere text-ink-3">{placeOf(role.instance)}</p>
            </div>
            {role.mayGrant && (
              <span className="flex gap-2">
                <Refused reason={reasonToLeave(role)}>
                  <Button size="s" aria-label={`Change the role ${role.name}`} onClick={() => setMoving(role)}>
                    Change
                  </Button>
                </Refused>
                <RemoveRole role={role} name={name} place={placeOf(role.instance)} path={path} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <ChooseRole
        open={isGiving}
        onOpenChange={setGiving}
        title={`Give ${name} a role`}
        description="It counts from the next request on, beside the roles already held."
        roles={free}
        organization={organization}
        confirmLabel="Give role"
        onChoose={async (roleZUID) => {
          await change("POST", path, { roleZUID });
          toast(`${name} holds the role now.`);
        }}
      />
      <ChooseRole
        open={moving !== undefined}
        onOpenChange={(isOpen) => !isOpen && setMoving(undefined)}
        title={`Change the role ${moving?.name ?? ""}`}
        description={`${name} loses it and gets another one on ${moving ? placeOf(moving.instance) : ""} in the same moment.`}
        roles={free.filter(({ instance }) => instance?.ZUID === moving?.instance?.ZUID)}
        organization={organization}
        confirmLabel="Change role"
        onChoose={async (roleZUID) => {
          await change("PUT", `${path}/${moving?.ZUID}`, { roleZUID });
          toast(`The role of ${name} is changed.`);
        }}
      />
    </Card>
  );
}

interface RemoveRoleProps {
  role: HeldRoleFacts;
  name: string;
  place: string;
  path: string;
}

function RemoveRole({ role, name, place, path }: RemoveRoleProps) {
  const change = useChange();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Refused reason={reasonToLeave(role)}>
        <Button size="s" aria-label={`Take the role ${role.name}`} onClick={() => setOpen(true)}>
          Take
        </Button>
      </Refused>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Take the role ${role.name} from ${name}?`}
        description={`What it allowed on ${place} is refused from the next request on, unless another role allows it.`}
        confirmLabel="Take role"
        danger
        onConfirm={async () => {
          await change("DELETE", `${path}/${role.ZUID}`);
          toast(`${name} holds ${role.name} no more.`);
        }}
      />
    </>
  );
}
