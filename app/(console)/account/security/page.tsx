import type { Metadata } from "next";
import { AccountPage } from "@/app/(console)/account/account-page";
import { Card } from "@/components/ui/card";
import { getPasswordMinLength } from "@/lib/auth/change-password";
import { currentSession } from "@/lib/auth/current-session";
import { pageCtx } from "@/lib/auth/page-ctx";
import { ChangePasswordForm } from "./change-password-form";

export const metadata: Metadata = { title: "Your password" };

export default async function SecurityPage() {
  const ctx = await pageCtx();
  const { userZUID, email } = currentSession(ctx);
  return (
    <AccountPage part="Security">
      <Card title="Password" className="max-w-[560px]">
        <p className="mb-4 text-s text-ink-2">
          Changing it signs you out everywhere else: every other browser and every API login of yours ends at once. This
          session stays. API keys and access tokens belong to the organization and go on working.
        </p>
        <ChangePasswordForm userId={userZUID} email={email} minLength={await getPasswordMinLength(ctx)} />
      </Card>
    </AccountPage>
  );
}
