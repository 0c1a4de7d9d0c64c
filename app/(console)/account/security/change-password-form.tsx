"use client";

import { useRouter } from "next/navigation";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { PasswordField } from "@/components/form-fields";
import { NewPasswordField } from "@/components/new-password";
import { toast } from "@/components/toast";
import { formatCount } from "@/lib/format";
import { api, ApiError, signInInstead } from "@/lib/http/client";

interface ChangePasswordFormProps {
  userId: string;
  email: string;
  minLength: number;
}

export function ChangePasswordForm({ userId, email, minLength }: ChangePasswordFormProps) {
  const router = useRouter();
  const form = useApiForm({
    schema: () => import("./change-password-request").then((loaded) => loaded.changePasswordForm(minLength)),
    defaultValues: { oldPassword: "", password: "" },
    submit: async (values) => {
      const path = `/v1/users/${userId}?action=updatePassword`;
      const { data } = await api<{ endedSessions: number }>("PUT", path, values, { keepPage: true }).catch(
        leaveIfEnded,
      );
      form.fields.reset();
      toast(`Your password was changed. ${formatCount(data.endedSessions, "other session")} ended.`);
      router.refresh();
    },
  });
  return (
    <Form form={form}>
      {/* Password managers need to know whose password it is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <PasswordField name="oldPassword" label="Present password" autoComplete="current-password" />
      <NewPasswordField label="New password" minLength={minLength} />
      <SubmitButton className="justify-self-start">Change password</SubmitButton>
    </Form>
  );
}

/** A wrong password is answered 401 as an ended session is, and the page stays for it. */
function leaveIfEnded(error: unknown): never {
  if (error instanceof ApiError && error.code === "session_ended") signInInstead();
  throw error;
}
