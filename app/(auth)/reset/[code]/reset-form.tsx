"use client";

import { useState } from "react";
import { useForgetCode } from "@/app/(auth)/forget-code";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { NewPasswordField } from "@/components/new-password";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { api } from "@/lib/http/client";

interface ResetFormProps {
  code: string;
  email: string;
  minLength: number;
}

export function ResetForm({ code, email, minLength }: ResetFormProps) {
  const [isDone, setDone] = useState(false);
  useForgetCode("/reset/opened");
  const form = useApiForm({
    schema: () => import("./reset-request").then((loaded) => loaded.resetForm(minLength)),
    defaultValues: { password: "" },
    submit: async ({ password }) => {
      await api("POST", "/auth/password-reset", { code, password }, { keepPage: true });
      setDone(true);
    },
  });
  if (isDone) {
    return (
      <div className="grid gap-4">
        <Banner tone="ok">Your password was changed, and every session of yours has ended.</Banner>
        <Button asChild variant="primary">
          {/* A document of its own: the form that held the password is gone with this one. */}
          <a href="/sign-in">Sign in</a>
        </Button>
      </div>
    );
  }
  return (
    <Form form={form}>
      {/* Password managers need to know whose password it is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <NewPasswordField label="New password" minLength={minLength} />
      <SubmitButton className="mt-1 w-full">Change password</SubmitButton>
    </Form>
  );
}
