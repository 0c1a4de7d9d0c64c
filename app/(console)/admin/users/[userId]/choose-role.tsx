"use client";

import { useState } from "react";
import { z } from "zod";
import { RolePicker } from "@/app/(console)/role-picker";
import { roleHint } from "@/app/(console)/role-words";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { PlacedRole } from "@/lib/holders/schema";

interface ChooseRoleProps {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: string;
  roles: readonly PlacedRole[];
  organization: { ZUID: string; name: string };
  confirmLabel: string;
  onChoose: (roleId: string) => Promise<void>;
}

/** A place, then one of its roles; those beyond one's own are out of reach, with what they exceed. */
export function ChooseRole({ open, onOpenChange, title, description, ...rest }: ChooseRoleProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <Choice {...rest} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

const Chosen = z.object({ roleZUID: z.string().min(1, "choose a role") });

type ChoiceProps = Pick<ChooseRoleProps, "roles" | "organization" | "confirmLabel" | "onChoose"> & {
  onDone: () => void;
};

function Choice({ roles, organization, confirmLabel, onChoose, onDone }: ChoiceProps) {
  const idOf = ({ instance }: PlacedRole) => instance?.ZUID ?? organization.ZUID;
  const places = [...new Map(roles.map((role) => [idOf(role), role.instance?.name])).entries()];
  const [place, setPlace] = useState(
    roles.some(({ instance }) => instance === null) ? organization.ZUID : places[0]?.[0],
  );
  const form = useApiForm({
    schema: Chosen,
    defaultValues: { roleZUID: "" },
    submit: async ({ roleZUID }) => {
      await onChoose(roleZUID);
      onDone();
    },
  });
  return (
    <Form form={form}>
      {places.length > 1 && (
        <Field label="Where">
          <Select
            value={place}
            onValueChange={(next) => {
              setPlace(next);
              form.fields.setValue("roleZUID", "");
            }}
            options={places.map(([value, name]) => ({
              value,
              label: name ?? `${organization.name} and all its instances`,
            }))}
          />
        </Field>
      )}
      <RolePicker
        roles={roles
          .filter((role) => idOf(role) === place)
          .map((role) => ({
            ZUID: role.ZUID,
            name: role.name,
            hint: roleHint(role),
            isOutOfReach: role.missingPermissions.length > 0,
          }))}
      />
      <DialogActions>{confirmLabel}</DialogActions>
    </Form>
  );
}
