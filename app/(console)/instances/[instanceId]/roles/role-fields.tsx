"use client";

import { z } from "zod";
import { roleHint } from "@/app/(console)/role-words";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { TextareaField, TextField } from "@/components/form-fields";
import { formRequest } from "@/components/form-request";
import { RadioField } from "@/components/radio-field";
import { exceeding, type Power, type Rule } from "@/lib/kernel/permissions";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { CreateRole } from "@/lib/roles/schema";

export interface RoleForm {
  name: string;
  description: string;
  systemRoleZUID: string;
  entityZUID: string;
}

type Request = Pick<CreateRole, keyof RoleForm>;

const Chosen = CreateRole.pick({ name: true, description: true, systemRoleZUID: true, entityZUID: true }).extend({
  systemRoleZUID: z.enum(
    SYSTEM_ROLES.map(({ id }) => id),
    "choose a base role",
  ),
});
const RoleRequest = formRequest<RoleForm & Record<string, unknown>, Request>(
  Chosen,
  ({ name, description, systemRoleZUID, entityZUID }) => ({ name, description, systemRoleZUID, entityZUID }),
);

interface RoleFieldsProps {
  defaultValues: RoleForm;
  power: Power;
  /** What the role says already: with another base it must not exceed either. */
  rules?: readonly Rule[];
  /** Where it can be held, if there is a choice. */
  places?: readonly { value: string; label: string; hint: string }[];
  isOnInstance: (entityId: string) => boolean;
  submitLabel: string;
  submit: (request: Request) => Promise<void>;
}

const NO_RULES: readonly Rule[] = [];

/** Name, purpose, place and base of a custom role; bases beyond one's own power are out of reach, with what they exceed. */
export function RoleFields(props: RoleFieldsProps) {
  const { defaultValues, power, rules = NO_RULES, places, isOnInstance, submitLabel, submit } = props;
  const form = useApiForm({ schema: RoleRequest, defaultValues: { ...defaultValues }, submit });
  const entityId = form.fields.watch("entityZUID");
  const instanceId = isOnInstance(entityId) ? entityId : null;
  return (
    <Form form={form}>
      <TextField
        name="name"
        label="Name"
        required
        autoFocus
        autoComplete="off"
        hint="What it is for: people trust a role by its name."
      />
      <TextareaField name="description" label="Purpose" optional rows={2} />
      {places && <RadioField name="entityZUID" label="Applies to" options={places} />}
      <RadioField
        name="systemRoleZUID"
        label="Based on"
        required
        hint="It allows what its base does; its rules then take away or add."
        className="max-h-56 auto-rows-max overflow-y-auto rounded-2 border bg-sunken px-3.5 py-3"
        options={SYSTEM_ROLES.map(({ id, name }) => {
          const missing = exceeding(power, { systemRoleId: id, instanceId, rules });
          const hint = roleHint({ name, missingPermissions: missing });
          return { value: id, label: name, hint, disabled: missing.length > 0 };
        })}
      />
      <DialogActions>{submitLabel}</DialogActions>
    </Form>
  );
}
