import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { isSignedIn } from "@/lib/auth/page-ctx";
import { isSetUp } from "@/lib/setup/queries";
import { AuthCard } from "@/app/(auth)/auth-card";
import { nextPath } from "./next-path";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  if (!(await isSetUp())) redirect("/setup");
  const { next, ended } = await searchParams;
  const target = nextPath(next);
  if (await isSignedIn()) redirect(target);
  return (
    <AuthCard title="Sign in" sub="To the console of your organization's credentials.">
      {ended === "1" && <Banner className="mb-4">Your session has ended. Sign in to go on.</Banner>}
      <SignInForm next={target} />
    </AuthCard>
  );
}
