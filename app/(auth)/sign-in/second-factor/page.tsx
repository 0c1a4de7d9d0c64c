import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/app/(auth)/auth-card";
import { nextPath } from "@/app/(auth)/sign-in/next-path";
import { PageLink } from "@/components/ui/page-link";
import { isFactorDue, isSignedIn } from "@/lib/auth/page-ctx";
import { CodeForm } from "./code-form";

export const metadata: Metadata = { title: "Second factor" };

interface SecondFactorPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SecondFactorPage({ searchParams }: SecondFactorPageProps) {
  const target = nextPath((await searchParams).next);
  if (await isSignedIn()) redirect(target);
  if (!(await isFactorDue())) {
    redirect(
      `/sign-in?${new URLSearchParams({ error: "challenge_expired", ...(target !== "/" && { next: target }) })}`,
    );
  }
  return (
    <AuthCard title="Second factor" sub="One more step: show that you have your authenticator.">
      <CodeForm next={target} />
      <p className="mt-5 border-t pt-4 text-s text-ink-3">
        No authenticator and no recovery code? An admin of your organization can reset your second factor.{" "}
        <PageLink href="/sign-in" className="text-ink-2 underline underline-offset-2">
          Sign in as somebody else
        </PageLink>
      </p>
    </AuthCard>
  );
}
