"use client";

import { useState } from "react";
import { signInWithCode } from "@/app/(auth)/sign-in-with-password";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/http/client";

export function CodeForm({ next }: { next: string }) {
  const [isRecovery, setRecovery] = useState(false);
  const form = useApiForm({
    schema: () => import("./code-request").then((loaded) => loaded.Code),
    defaultValues: { code: "" },
    submit: async ({ code }) => {
      await signInWithCode(code).catch(startOverIfOver);
      // A new document: nothing of what was shown before signing in stays in the browser's memory.
      location.replace(next);
    },
  });
  return (
    <Form form={form}>
      {isRecovery ? (
        <TextField
          key="recovery"
          name="code"
          label="Recovery code"
          hint="Sixteen letters and digits; each code works once."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          className="font-mono"
        />
      ) : (
        <TextField
          key="code"
          name="code"
          label="Code"
          hint="The six digits that your authenticator shows now."
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          className="font-mono"
        />
      )}
      <SubmitButton className="mt-1 w-full">Sign in</SubmitButton>
      <Button
        variant="ghost"
        onClick={() => {
          form.fields.reset();
          setRecovery(!isRecovery);
        }}
      >
        {isRecovery ? "Use the authenticator" : "Use a recovery code"}
      </Button>
    </Form>
  );
}

/** Five wrong codes or ten minutes end it; the page then says so before the password is asked for again. */
function startOverIfOver(error: unknown): never {
  if (error instanceof ApiError && error.code === "challenge_expired")
    location.replace("/sign-in?error=challenge_expired");
  throw error;
}
