"use client";

import { useEffect, useEffectEvent } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { NewPasswordField } from "@/components/new-password";
import { api } from "@/lib/http/client";
import { suggestAccountName } from "@/lib/setup/schema";
import { signInWithPassword } from "@/app/(auth)/sign-in-with-password";

const PASSWORD_MIN_LENGTH = 15;

export function SetUpForm() {
  const form = useApiForm({
    schema: () => import("./set-up-request").then((loaded) => loaded.setUpForm(PASSWORD_MIN_LENGTH)),
    defaultValues: {
      code: "",
      organization: "",
      accountName: "",
      instance: "Main",
      firstName: "",
      lastName: "",
      email: "",
      password: "",
    },
    submit: async (values) => {
      await api("POST", "/v1/setup", values, { keepPage: true });
      // Set up is set up: a sign-in that fails now has its own page to be tried again on.
      await signInWithPassword(values.email, values.password).then(
        () => location.replace("/"),
        () => location.replace("/sign-in"),
      );
    },
  });

  return (
    <Form form={form} className="gap-6">
      <CodeField />
      <Section title="Organization">
        <TextField name="organization" label="Name" autoComplete="organization" />
        <AccountNameField />
        <TextField name="instance" label="First instance" hint="A site, brand or center. More can follow." />
      </Section>
      <Section title="Owner">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField name="firstName" label="First name" autoComplete="given-name" />
          <TextField name="lastName" label="Last name" autoComplete="family-name" />
        </div>
        <TextField name="email" label="E-mail" type="email" autoComplete="username" autoCapitalize="none" />
        <NewPasswordField label="Password" minLength={PASSWORD_MIN_LENGTH} />
      </Section>
      <SubmitButton className="justify-self-start">Set up and sign in</SubmitButton>
    </Form>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-4 border-t pt-4">
      <legend className="float-left font-semi">{title}</legend>
      {children}
    </fieldset>
  );
}

/** The address the server prints carries the code in its fragment, which never leaves the browser. */
function CodeField() {
  const { setValue } = useFormContext();
  const take = useEffectEvent(() => {
    const code = new URLSearchParams(location.hash.slice(1)).get("code");
    if (!code) return;
    setValue("code", code);
    history.replaceState(history.state, "", location.pathname);
  });
  useEffect(() => {
    // Pasted into a tab that shows the page already, the address changes without loading it anew.
    const onHash = () => take();
    onHash();
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);
  return (
    <TextField
      name="code"
      label="Set-up code"
      hint="The server printed it when it started. It works once."
      className="font-mono"
      placeholder="XXXX-XXXX-XXXX-XXXX"
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
    />
  );
}

/** Follows the organization's name until it is written by hand. */
function AccountNameField() {
  const { setValue, getFieldState } = useFormContext();
  const organization = useWatch({ name: "organization" }) as string;
  const follow = useEffectEvent((name: string) => {
    if (!getFieldState("accountName").isDirty) setValue("accountName", suggestAccountName(name));
  });
  useEffect(() => follow(organization), [organization]);
  return (
    <TextField
      name="accountName"
      label="Account name"
      hint="What programs call the organization. It cannot be changed later."
      className="font-mono"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
