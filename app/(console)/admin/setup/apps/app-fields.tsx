"use client";

import { useWatch } from "react-hook-form";
import { FormField, TextareaField, TextField } from "@/components/form-fields";
import { RadioField } from "@/components/radio-field";
import type { AppForm } from "./app-form";
import { PermissionPicker } from "./permission-picker";

export function DetailsFields() {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        required
        autoFocus
        autoComplete="off"
        hint="What the team calls it. The audit trail names it so."
      />
      <TextField name="uri" label="Address" optional type="url" autoComplete="off" placeholder="https://" />
      <TextareaField name="description" label="Description" optional hint="What it does and who looks after it." />
      <RadioField
        name="loginUserType"
        label="Who signs in through it"
        options={[
          { value: "employee", label: "Employees" },
          { value: "guest", label: "Guests" },
          { value: "both", label: "Employees and guests" },
        ]}
        className="flex flex-wrap gap-x-6"
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextareaField
          name="postLoginRedirects"
          label="Redirect addresses after sign-in"
          optional
          hint="One per line. Nobody is sent anywhere else."
          className="font-mono text-xs"
        />
        <TextareaField
          name="postLogoutRedirects"
          label="Redirect addresses after sign-out"
          optional
          hint="One per line."
          className="font-mono text-xs"
        />
      </div>
    </>
  );
}

export function AccessFields() {
  const [keyAccess, loginAccess] = useWatch<AppForm, ["keyAccess", "loginAccess"]>({
    name: ["keyAccess", "loginAccess"],
  });
  return (
    <>
      <RadioField
        name="keyAccess"
        label="API keys of this app"
        options={[
          { value: "full", label: "Full access", hint: "They work on every API of the organization." },
          { value: "restricted", label: "Restricted", hint: "They may do what is listed here and nothing else." },
        ]}
      />
      {keyAccess === "restricted" && (
        <FormField name="keyPermissions" label="What its API keys may do" hideLabel>
          {({ value, onChange }) => (
            <PermissionPicker label="What its API keys may do" value={value} onChange={onChange} />
          )}
        </FormField>
      )}
      <RadioField
        name="loginAccess"
        label="Login tokens of this app"
        options={[
          { value: "role", label: "The person's own role", hint: "Whoever signs in may do what their role allows." },
          {
            value: "restricted",
            label: "Restricted",
            hint: "Whoever signs in may do what their role allows and is listed here.",
          },
        ]}
      />
      {loginAccess === "restricted" && (
        <FormField name="loginPermissions" label="What its login tokens may do" hideLabel>
          {({ value, onChange }) => (
            <PermissionPicker label="What its login tokens may do" value={value} onChange={onChange} />
          )}
        </FormField>
      )}
      <p className="text-s text-ink-3">
        Neither keys nor login tokens can ever create, rotate or reveal a credential, or change people, roles or policy.
      </p>
    </>
  );
}
