"use client";

import { Form, SubmitButton, useApiForm } from "@/components/form";
import { PasswordField, TextField } from "@/components/form-fields";
import { Link } from "@/components/ui/link";
import { signInWithPassword } from "@/app/(auth)/sign-in-with-password";

export function SignInForm({ next }: { next: string }) {
  const form = useApiForm({
    schema: () => import("./sign-in-request").then((loaded) => loaded.Credentials),
    defaultValues: { email: "", password: "" },
    submit: async ({ email, password }) => {
      await signInWithPassword(email, password);
      // A new document: nothing of what was shown before signing in stays in the browser's memory.
      location.replace(next);
    },
  });
  return (
    <Form form={form}>
      <TextField name="email" label="E-mail" type="email" autoComplete="username" autoCapitalize="none" autoFocus />
      <PasswordField name="password" label="Password" autoComplete="current-password" />
      <SubmitButton className="mt-1 w-full">Sign in</SubmitButton>
      <p className="text-s">
        {/* Leaving the empty field would put its message above the link, and the press beside it. */}
        <Link href="/forgot" onMouseDown={(event) => event.preventDefault()}>
          Forgot your password?
        </Link>
      </p>
    </Form>
  );
}
