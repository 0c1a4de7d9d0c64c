import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/app/(auth)/auth-card";
import { isSetUp } from "@/lib/setup/queries";
import { ForgotForm } from "./forgot-form";

export const metadata: Metadata = { title: "Forgot your password?" };

export default async function ForgotPage() {
  if (!(await isSetUp())) redirect("/setup");
  return (
    <AuthCard
      title="Forgot your password?"
      sub="A link to choose a new one goes to your address. It works for an hour."
    >
      <ForgotForm />
    </AuthCard>
  );
}
