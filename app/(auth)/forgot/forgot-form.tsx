"use client";

import { useState } from "react";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { api } from "@/lib/http/client";

export function ForgotForm() {
  const [asked, setAsked] = useState<string>();
  const form = useApiForm({
    schema: () => import("./forgot-request").then((loaded) => loaded.Address),
    defaultValues: { address: "" },
    submit: async (values) => {
      await api("POST", "/auth/password-resets", values, { keepPage: true });
      setAsked(values.address);
    },
  });
  return (
    <div className="grid gap-4">
      {asked ? (
        <Banner tone="ok">
          If somebody has the address <b className="wrap-anywhere">{asked}</b>, a link is on its way to it. Nothing has
          changed until it is used.
        </Banner>
      ) : (
        <Form form={form}>
          <TextField
            name="address"
            label="E-mail"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
          />
          <SubmitButton className="mt-1 w-full">Send the link</SubmitButton>
        </Form>
      )}
      <p className="text-s text-ink-3">
        <Link href="/sign-in">Back to sign-in</Link>
      </p>
    </div>
  );
}
