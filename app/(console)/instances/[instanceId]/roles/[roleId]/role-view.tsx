"use client";

import { useState } from "react";
import { toInputs } from "@/app/(console)/instances/[instanceId]/roles/matrix";
import { NewRole } from "@/app/(console)/instances/[instanceId]/roles/new-role";
import { exceedsWords } from "@/app/(console)/role-words";
import { lateDialog } from "@/components/late";
import { ActionMenu } from "@/components/ui/action-menu";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Id } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { PageLink } from "@/components/ui/page-link";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { PlacedRole, RoleAt } from "@/lib/holders/schema";
import type { AnyPermission, Power } from "@/lib/kernel/permissions";
import { HoldersCard } from "./holders-card";
import { RuleEditor } from "./rule-editor";

const EditRole = lateDialog(() => import("./edit-role").then((loaded) => loaded.EditRole));
const DeleteRole = lateDialog(() => import("./delete-role").then((loaded) => loaded.DeleteRole));

export interface RoleViewProps extends RoleAt {
  instance: { ZUID: string; name: string };
  organizationId: string;
  /** Of the person who looks. */
  power: Power;
  /** What the role grants beyond it. */
  beyond: readonly AnyPermission[];
  resources: readonly string[];
  replacements: readonly PlacedRole[];
  may: {
    create: boolean;
    createEverywhere: boolean;
    update: boolean;
    delete: boolean;
    readPeople: boolean;
    readAudit: boolean;
  };
}

/** A role: what it allows, who and what holds it, and what a change would mean to them. */
export function RoleView(props: RoleViewProps) {
  const { instance, organizationId, role, held, holders, power, beyond, resources, replacements, may } = props;
  const [dialog, setDialog] = useState<"edit" | "delete">();
  const isCovered = beyond.length === 0;
  const mayUpdate = may.update && !role.static && isCovered;
  const close = () => setDialog(undefined);

  const narrower = may.create && isCovered && (
    <NewRole
      instance={instance}
      organizationId={may.createEverywhere ? organizationId : undefined}
      power={power}
      source={{ ...role, rules: toInputs(held.rules) }}
      trigger={<Button>Make a narrower role</Button>}
    />
  );
  return (
    <>
      <PageHeader
        title={role.name}
        sub={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            {role.static ? <Status>Base role</Status> : <span>based on {role.systemRole.name}</span>}
            {role.isEverywhere && <Status>Every instance</Status>}
            <Id value={role.ZUID} />
            {!role.static && (
              <span>
                changed <Time value={role.updatedAt} />
              </span>
            )}
            {role.description && <span className="basis-full">{role.description}</span>}
          </span>
        }
        actions={
          <>
            {may.readAudit && (
              <Button asChild>
                <PageLink href={`/audit?target=${role.ZUID}`}>History</PageLink>
              </Button>
            )}
            {narrower}
            {mayUpdate && <Button onClick={() => setDialog("edit")}>Edit</Button>}
            <ActionMenu
              label={`More actions for ${role.name}`}
              actions={
                may.delete && !role.static && isCovered
                  ? [{ label: "Delete…", danger: true, act: () => setDialog("delete") }]
                  : []
              }
            />
          </>
        }
      />
      <Notice {...props} />
      <RuleEditor
        instance={instance}
        role={role}
        held={held}
        holders={holders}
        power={power}
        resources={resources}
        isReadOnly={!mayUpdate}
      >
        <HoldersCard role={role} holders={holders} mayReadPeople={may.readPeople} />
      </RuleEditor>
      {mayUpdate && <EditRole {...{ instance, role, held, power }} open={dialog === "edit"} onClose={close} />}
      {may.delete && !role.static && (
        <DeleteRole {...{ instance, role, holders, replacements }} open={dialog === "delete"} onClose={close} />
      )}
    </>
  );
}

/** Why the matrix cannot be changed. */
function Notice({ role, beyond, may }: Pick<RoleViewProps, "role" | "beyond" | "may">) {
  const text = role.static
    ? "A base role is the same everywhere and for ever. To allow less, make a narrower role of it."
    : !may.update
      ? "Your roles let you look at this role, not change it."
      : beyond.length > 0
        ? `You cannot change a role that allows more than your own roles do. ${exceedsWords(beyond)}.`
        : undefined;
  return text ? <Banner className="mb-4">{text}</Banner> : null;
}
