"use client";

import { type ReactNode, useState } from "react";
import {
  edited,
  type Edits,
  keyOf,
  saidBy,
  toInputs,
  VERBS,
  withEdits,
} from "@/app/(console)/instances/[instanceId]/roles/matrix";
import { PermissionMatrix } from "@/app/(console)/instances/[instanceId]/roles/permission-matrix";
import { useChange } from "@/components/change";
import { cn } from "@/components/cn";
import { useLeaveGuard } from "@/components/leave-guard";
import { toast } from "@/components/toast";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ApiError } from "@/lib/http/client";
import { systemRole } from "@/lib/kernel/system-roles";
import { AddRow } from "./add-row";
import { ChangesCard } from "./changes-card";
import { useKeptEdits } from "./kept-edits";
import type { RoleViewProps } from "./role-view";

interface RuleEditorProps extends Pick<
  RoleViewProps,
  "instance" | "role" | "held" | "holders" | "power" | "resources"
> {
  isReadOnly: boolean;
  /** Below the changes. */
  children: ReactNode;
}

/** The matrix, what would change, and saving it. Changes lie over the saved rules, so that they outlast somebody else's. */
export function RuleEditor(props: RuleEditorProps) {
  const { instance, role, held, holders, power, resources, isReadOnly, children } = props;
  const change = useChange();
  const [edits, setEdits, dropEdits] = useKeptEdits(role.ZUID);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const [leave, setLeave] = useState<() => void>();
  // What somebody else has saved alike is no change any more.
  const open = Object.entries(edits).filter(([key, said]) => said !== saidAt(key));
  const current: Edits = open.length === Object.keys(edits).length ? edits : Object.fromEntries(open);
  const draft = withEdits(held, current);
  useLeaveGuard((go) => setLeave(() => go), open.length > 0);

  function saidAt(key: string) {
    const at = key.lastIndexOf(":");
    return saidBy(held, key.slice(0, at), key.slice(at + 1) as (typeof VERBS)[number]);
  }

  async function save() {
    setSaving(true);
    setFailure(undefined);
    try {
      const since = encodeURIComponent(role.updatedAt);
      await change("PUT", `/v1/roles/${role.ZUID}/granulars?unmodifiedSince=${since}`, toInputs(draft.rules));
      discard();
      toast(`${role.name} is changed.`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailure(error);
    } finally {
      setSaving(false);
    }
  }

  function discard() {
    dropEdits();
    setAdded([]);
    setFailure(undefined);
  }

  function remove(resource: string) {
    setAdded(added.filter((each) => each !== resource));
    const silenced = VERBS.reduce((all, verb) => edited(held, all, resource, verb, null), current);
    const isNew = !held.rules.some((rule) => rule.resource === resource);
    setEdits(isNew ? without(silenced, resource) : silenced);
  }

  return (
    <div className={cn("grid items-start gap-4 lg:grid-cols-[1.6fr_1fr]", open.length > 0 && "max-lg:pb-16")}>
      <Card flush>
        <div className="overflow-hidden rounded-2">
          <PermissionMatrix
            saved={held}
            edits={current}
            onEdit={setEdits}
            power={power}
            resources={resources}
            instance={instance}
            added={added}
            onRemove={remove}
            isReadOnly={isReadOnly}
          />
          <p className="border-t px-4 py-2 text-xs text-ink-2 max-sm:px-3">
            Who may grant or super users and roles is the base role’s matter: {grantWords(held.systemRoleId)}.
          </p>
          {!isReadOnly && (
            <AddRow
              instance={instance}
              taken={[...draft.rules.map(({ resource }) => resource), ...added]}
              onAdd={(resource) => setAdded([...added, resource])}
            />
          )}
        </div>
      </Card>
      <div className="grid min-w-0 gap-4 lg:sticky lg:top-[calc(var(--top-bar)+16px)]">
        {!isReadOnly && (
          <ChangesCard
            before={held}
            after={draft}
            count={open.length}
            instanceId={instance.ZUID}
            resources={resources}
            holders={holders}
            failure={failure}
            isSaving={isSaving}
            onSave={save}
            onDiscard={discard}
          />
        )}
        {children}
      </div>
      <ConfirmDialog
        open={leave !== undefined}
        onOpenChange={(isOpen) => !isOpen && setLeave(undefined)}
        title="Leave without saving?"
        description={`Your changes of ${role.name} are lost. Nothing has been saved.`}
        confirmLabel="Leave"
        cancelLabel="Stay"
        onConfirm={() => leave?.()}
      />
    </div>
  );
}

const GRANTING = ["users:grant", "users:super", "roles:grant", "roles:super"] as const;

/** "Admin allows users:grant, roles:grant" */
function grantWords(systemRoleId: string): string {
  const base = systemRole(systemRoleId);
  const allowed = GRANTING.filter((permission) => base.permissions.has(permission));
  return `${base.name} allows ${allowed.length > 0 ? allowed.join(", ") : "none of it"}`;
}

const without = (edits: Edits, resource: string): Edits =>
  Object.fromEntries(Object.entries(edits).filter(([key]) => !VERBS.some((verb) => key === keyOf(resource, verb))));
