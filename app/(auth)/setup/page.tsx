import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isSetUp } from "@/lib/setup/queries";
import { AuthCard } from "@/app/(auth)/auth-card";
import { SetUpForm } from "./set-up-form";

export const metadata: Metadata = { title: "Set up" };

export default async function SetUpPage() {
  if (await isSetUp()) notFound();
  return (
    <AuthCard
      wide
      title="Set up Latchkey"
      sub="This makes your organization, its first instance and you as its owner. The page is gone afterwards."
    >
      <SetUpForm />
    </AuthCard>
  );
}
