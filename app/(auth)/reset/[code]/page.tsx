import type { Metadata } from "next";
import { AuthCard } from "@/app/(auth)/auth-card";
import { DeadLink } from "@/app/(auth)/dead-link";
import { Link } from "@/components/ui/link";
import { getReset } from "@/lib/auth/password-reset";
import { ResetForm } from "./reset-form";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function ResetPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const reset = await getReset(code);
  if (!reset) {
    return (
      <DeadLink>
        Otherwise <Link href="/forgot">ask for another link</Link>.
      </DeadLink>
    );
  }
  return (
    <AuthCard
      title="Choose a new password"
      sub={
        <>
          For <b className="wrap-anywhere">{reset.email}</b>. You will be signed out everywhere.
        </>
      }
    >
      <ResetForm code={code} {...reset} />
    </AuthCard>
  );
}
