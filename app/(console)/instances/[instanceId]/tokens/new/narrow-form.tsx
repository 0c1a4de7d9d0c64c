"use client";

import { useState } from "react";
import { z } from "zod";
import { VERBS } from "@/app/(console)/instances/[instanceId]/roles/matrix";
import { useChange } from "@/components/change";
import { ChoiceGrid, type Wish } from "@/components/choice-grid/choice-grid";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { formatCount } from "@/lib/format";
import type { AnyPermission } from "@/lib/kernel/permissions";
import { CONSOLE_RESOURCES } from "@/lib/kernel/system-roles";
import { CreateRole, type RoleRecord } from "@/lib/roles/schema";
import type { RoleChoice } from "@/lib/tokens/schema";
import { narrowRole } from "./narrow";

const Named = z.object({ name: CreateRole.shape.name });

interface NarrowFormProps {
  instance: { ZUID: string };
  wider: readonly RoleChoice[];
  chosen?: string;
  onMade: (roleId: string) => void;
}

export function NarrowForm({ instance, wider, chosen, onMade }: NarrowFormProps) {
  const change = useChange();
  const [roleId, setRoleId] = useState(chosen ?? wider[0]?.ZUID);
  const [ticked, setTicked] = useState<readonly AnyPermission[]>([]);
  const [isEmpty, setEmpty] = useState(false);
  const role = wider.find(({ ZUID }) => ZUID === roleId);
  const form = useApiForm({
    schema: Named,
    defaultValues: { name: "" },
    submit: async ({ name }) => {
      if (!role || ticked.length === 0) return setEmpty(true);
      const { ZUID } = await change<RoleRecord>("POST", "/v1/roles", {
        name,
        description: `Narrowed from ${role.name}`.slice(0, 500),
        entityZUID: instance.ZUID,
        ...narrowRole(role.held, ticked),
      });
      onMade(ZUID);
    },
  });
  return (
    <Form form={form}>
      <Field label="Narrower than">
        <Select
          value={roleId}
          onValueChange={(next) => {
            setRoleId(next);
            setTicked([]);
          }}
          options={wider.map(({ ZUID, name, isEverywhere }) => ({
            value: ZUID,
            label: name,
            hint: isEverywhere ? "every instance" : undefined,
          }))}
        />
      </Field>
      {role && (
        <div className="grid gap-1.5">
          <div className="overflow-hidden rounded-2 border">
            <Ticks role={role} ticked={ticked} onTick={setTicked} />
          </div>
          <p role={isEmpty && ticked.length === 0 ? "alert" : undefined} className="text-xs text-ink-3">
            {ticked.length === 0
              ? "Tick what it should allow; everything else is denied."
              : `${formatCount(ticked.length, "permission")} of ${role.permissions.length}: ${ticked.join(", ")}`}
          </p>
        </div>
      )}
      <TextField name="name" label="Name" required autoComplete="off" placeholder="Deploy bot" />
      <DialogActions>Make role</DialogActions>
    </Form>
  );
}

interface TicksProps {
  role: RoleChoice;
  ticked: readonly AnyPermission[];
  onTick: (ticked: readonly AnyPermission[]) => void;
}

/** What the wider role allows, each to be kept or not. */
function Ticks({ role, ticked, onTick }: TicksProps) {
  const named = [...new Set(role.permissions.map((permission) => permission.split(":")[0] as string))];
  const isOwn = (resource: string) => Object.hasOwn(CONSOLE_RESOURCES, resource);
  // The protected APIs first, as tokens are for them.
  const resources = named.toSorted((a, b) => Number(isOwn(a)) - Number(isOwn(b)));
  const permissionOf = (resource: string, verb: string) =>
    role.permissions.find((permission) => permission === `${resource}:${verb}`);
  const label = (permission: string, isOn: boolean) =>
    `${permission.replace(":", ", ")}: ${isOn ? "allowed" : "denied"}`;

  function onWish(resource: string, column: number, wish: Wish): string | undefined {
    const permission = permissionOf(resource, VERBS[column] ?? "");
    if (!permission) return undefined;
    const isOn = wish === "yes" || (wish === "next" && !ticked.includes(permission));
    const others = ticked.filter((each) => each !== permission);
    onTick(isOn ? [...others, permission] : others);
    return label(permission, isOn);
  }

  return (
    <ChoiceGrid
      label={`Permissions of ${role.name}`}
      corner="Resource"
      columns={VERBS}
      rows={resources.map((resource) => ({
        id: resource,
        header: resource,
        cells: VERBS.map((verb) => {
          const permission = permissionOf(resource, verb);
          if (!permission) return undefined;
          const isOn = ticked.includes(permission);
          return { look: isOn ? "yes" : "faint-no", label: label(permission, isOn) } as const;
        }),
      }))}
      onWish={onWish}
    />
  );
}
