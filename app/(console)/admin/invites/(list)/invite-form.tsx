"use client";

import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { z } from "zod";
import { roleHint } from "@/app/(console)/role-words";
import { useChange } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { formRequest } from "@/components/form-request";
import { RadioField } from "@/components/radio-field";
import { SelectField } from "@/components/select-field";
import { newIdempotencyKey } from "@/lib/http/client";
import { type InvitePlace, SendInvite, type SentInvite } from "@/lib/invites/schema";
import { tellWhetherMailed } from "./mailed";

type Values = Record<"inviteeEmail" | "inviteeName" | "entityZUID" | "roleZUID" | "kind", string>;

const KINDS = [
  { value: "employee", label: "Employee" },
  { value: "guest", label: "Guest" },
];

const InviteToRole = SendInvite.safeExtend({ roleZUID: z.string("choose a role") });
const Request = formRequest(InviteToRole, ({ roleZUID, ...values }: Values) => ({
  ...values,
  roleZUID: roleZUID || undefined,
}));

interface InviteFormProps {
  places: readonly InvitePlace[];
  onSent: () => void;
}

export function InviteForm({ places, onSent }: InviteFormProps) {
  const change = useChange();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const form = useApiForm({
    schema: Request,
    defaultValues: {
      inviteeEmail: "",
      inviteeName: "",
      entityZUID: places[0]?.ZUID ?? "",
      roleZUID: "",
      kind: "employee",
    },
    draftKey: "send-invite",
    submit: async (request) => {
      tellWhetherMailed(await change<SentInvite>("POST", "/v1/invites", request, idempotencyKey));
      onSent();
    },
  });
  return (
    <Form form={form}>
      <TextField
        name="inviteeEmail"
        label="E-mail"
        type="email"
        required
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
      />
      <TextField name="inviteeName" label="Name" optional autoComplete="off" />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="entityZUID"
          label="Where"
          options={places.map(({ ZUID, name, isOrganization }) => ({
            value: ZUID,
            label: isOrganization ? `${name}: everywhere` : name,
          }))}
        />
        <SelectField name="kind" label="Kind" options={KINDS} />
      </div>
      <RoleField places={places} />
      <DialogActions>Send invitation</DialogActions>
    </Form>
  );
}

/** The roles of the chosen place; those beyond one's own are out of reach and say what they lack. */
function RoleField({ places }: Pick<InviteFormProps, "places">) {
  const { control } = useFormContext<Values>();
  const entityZUID = useWatch({ control, name: "entityZUID" });
  const roles = places.find(({ ZUID }) => ZUID === entityZUID)?.roles ?? [];
  return (
    <RadioField
      name="roleZUID"
      label="Role"
      required
      className="max-h-64 auto-rows-max overflow-y-auto rounded-2 border bg-sunken px-3.5 py-3"
      options={roles.map((role) => ({
        value: role.ZUID,
        label: role.name,
        hint: roleHint(role),
        disabled: role.missingPermissions.length > 0,
      }))}
    />
  );
}
