import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { singleSignOnName } from "@/lib/auth/oidc";
import { isSignedIn } from "@/lib/auth/page-ctx";
import { isSetUp } from "@/lib/setup/queries";
import { AuthCard } from "@/app/(auth)/auth-card";
import { nextPath } from "./next-path";
import { SignInForm } from "./sign-in-form";
import { SingleSignOnButton } from "./single-sign-on-button";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  if (!(await isSetUp())) redirect("/setup");
  const { next, ended, error } = await searchParams;
  const target = nextPath(next);
  if (await isSignedIn()) redirect(target);
  const name = singleSignOnName();
  return (
    <AuthCard title="Sign in" sub="To the console of your organization's credentials.">
      {ended === "1" && !error && <Banner className="mb-4">Your session has ended. Sign in to go on.</Banner>}
      {error && (
        <Banner tone="bad" className="mb-4">
          {reasonOf(String(error))}
        </Banner>
      )}
      {name && <SingleSignOnButton name={name} next={target} />}
      <SignInForm next={target} />
    </AuthCard>
  );
}

const REASONS: Record<string, string> = {
  challenge_expired: "That sign-in has waited too long or had too many wrong codes. Start again.",
  sso: "The single sign-on did not work. Try again, or use your password.",
  sso_unknown:
    "Nobody here is linked to that account. Sign in with your password and link it on your security page, or ask an admin.",
  sso_refused: "That account is linked to somebody who has left the organization.",
};

const reasonOf = (code: string) => REASONS[code] ?? "The sign-in did not work. Try again.";
