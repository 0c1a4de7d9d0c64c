"use client";

import { useState } from "react";
import { useForgetCode } from "@/app/(auth)/forget-code";
import { signInWithPassword } from "@/app/(auth)/sign-in-with-password";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { NewPasswordField } from "@/components/new-password";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { api } from "@/lib/http/client";
import type { LinkedInvite } from "@/lib/invites/schema";

/** A name and a password make the account; declining makes nothing. */
export function JoinForm({ code, invite }: { code: string; invite: LinkedInvite }) {
  const { inviteeEmail: email, inviteeName, passwordMinLength, createdByName } = invite;
  const [isDeclined, setDeclined] = useState(false);
  useForgetCode("/invite/opened");
  const [firstName = "", ...others] = inviteeName.split(" ");
  const form = useApiForm({
    schema: () => import("./join-request").then((loaded) => loaded.joinForm(passwordMinLength)),
    defaultValues: { firstName, lastName: others.join(" "), password: "" },
    submit: async (values) => {
      await api("PUT", "/v1/invites/by-link?action=accept", { code, ...values }, { keepPage: true });
      // Joined is joined: a sign-in that fails now has its own page to be tried again on.
      await signInWithPassword(email, values.password).then(
        () => location.replace("/"),
        () => location.replace("/sign-in"),
      );
    },
  });
  if (isDeclined) return <Banner>You have declined. No account was made, and the link does not work any more.</Banner>;
  return (
    <Form form={form}>
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="firstName" label="First name" autoComplete="given-name" />
        <TextField name="lastName" label="Last name" autoComplete="family-name" />
      </div>
      <NewPasswordField label="Password" minLength={passwordMinLength} />
      <div className="mt-1 flex flex-wrap gap-2">
        <SubmitButton className="flex-1">Join and sign in</SubmitButton>
        <ConfirmDialog
          trigger={<Button variant="ghost">Decline</Button>}
          title="Decline the invitation?"
          description={`Its link stops working. ${createdByName} can invite you again.`}
          confirmLabel="Decline"
          onConfirm={async () => {
            await api("PUT", "/v1/invites/by-link?action=decline", { code }, { keepPage: true });
            setDeclined(true);
          }}
        />
      </div>
    </Form>
  );
}
