import type { Metadata } from "next";
import { AccountPage } from "@/app/(console)/account/account-page";
import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import { getPasswordMinLength } from "@/lib/auth/change-password";
import { currentSession } from "@/lib/auth/current-session";
import { singleSignOnName } from "@/lib/auth/oidc";
import { owesFactor, pageCtx } from "@/lib/auth/page-ctx";
import { listIdentities } from "@/lib/identities/queries";
import { getSecondFactor } from "@/lib/second-factor/queries";
import { ChangePasswordForm } from "./change-password-form";
import { SecondFactor } from "./second-factor";
import { SingleSignOn } from "./single-sign-on";

export const metadata: Metadata = { title: "Your security" };

interface SecurityPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SecurityPage({ searchParams }: SecurityPageProps) {
  const ctx = await pageCtx();
  const { userZUID, email } = currentSession(ctx);
  const factor = await getSecondFactor(ctx, userZUID);
  if (owesFactor(ctx)) {
    return (
      <AccountPage part="Security" isOnly>
        <div className="grid max-w-[560px] gap-4">
          <Banner tone="warn">
            Your organization asks for a second factor, and you have none yet. Set it up to go on: until then the
            console opens nothing else, and your roles do nothing.
          </Banner>
          <SecondFactor userId={userZUID} factor={factor} />
        </div>
      </AccountPage>
    );
  }
  const name = singleSignOnName();
  const [identity] = name ? await listIdentities(ctx, userZUID) : [];
  const outcome = outcomeOf((await searchParams).sso, name ?? "");
  return (
    <AccountPage part="Security">
      <div className="grid max-w-[560px] gap-4">
        {outcome && <Banner tone={outcome.tone}>{outcome.text}</Banner>}
        <SecondFactor userId={userZUID} factor={factor} />
        {name && <SingleSignOn userId={userZUID} name={name} identity={identity} />}
        <Card title="Password">
          <p className="mb-4 text-s text-ink-2">
            Changing it signs you out everywhere else: every other browser and every API login of yours ends at once.
            This session stays. API keys and access tokens belong to the organization and go on working.
          </p>
          <ChangePasswordForm userId={userZUID} email={email} minLength={await getPasswordMinLength(ctx)} />
        </Card>
      </div>
    </AccountPage>
  );
}

/** How linking ended, after the way to the provider and back. */
function outcomeOf(sso: unknown, name: string) {
  if (sso === "linked") return { tone: "ok", text: `${name} is linked: it can sign you in from now on.` } as const;
  if (sso === "taken")
    return {
      tone: "bad",
      text: `Nothing was linked: somebody, or you already, is linked to that account at ${name}.`,
    } as const;
  if (sso === "over")
    return { tone: "bad", text: "Nothing was linked: the session in which you asked for it is over." } as const;
  return undefined;
}
