import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AuthCard } from "@/app/(auth)/auth-card";
import { DeadLink } from "@/app/(auth)/dead-link";
import { Button } from "@/components/ui/button";
import { PageLink } from "@/components/ui/page-link";
import { isSignedIn, pageCtx } from "@/lib/auth/page-ctx";
import { getInviteByLink, getOwnInvite } from "@/lib/invites/queries";
import { InviteId, type LinkedInvite } from "@/lib/invites/schema";
import { AnswerInvite } from "./answer-invite";
import { ForgetCode } from "./forget-code";
import { JoinForm } from "./join-form";
import { SignOutToAnswer } from "./sign-out-to-answer";

export const metadata: Metadata = { title: "Invitation" };

/** By the code of the mail, for whoever has it; by the invitation's id, for the person it was sent to. */
export default async function InvitePage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const isById = InviteId.safeParse({ invite: code }).success;
  const invite = isById ? await getOwnInvite(await pageCtx(), code) : await getInviteByLink(code);
  if (!invite) return <DeadLink>Otherwise ask whoever invited you to send the invitation again.</DeadLink>;
  return (
    <AuthCard title={`Join ${invite.organizationName}`} sub={<Offer invite={invite} />}>
      {isById ? <AnswerInvite invite={invite} /> : <ByLink invite={invite} code={code} reader={await readReader()} />}
    </AuthCard>
  );
}

const Offer = ({ invite: { createdByName, roleName, instanceName, organizationName, inviteeEmail } }: Props) => (
  <>
    {createdByName} invites <span className="wrap-anywhere">{inviteeEmail}</span> to be <b>{roleName}</b> of{" "}
    {instanceName ?? organizationName}.
  </>
);

interface Props {
  invite: LinkedInvite;
}

/** Who is signed in here already. */
async function readReader() {
  if (!(await isSignedIn())) return undefined;
  const { principal } = await pageCtx();
  return principal.kind === "user" ? { name: principal.name, email: principal.email } : undefined;
}

function ByLink({ invite, code, reader }: Props & { code: string; reader: Awaited<ReturnType<typeof readReader>> }) {
  const { account, inviteeEmail, ZUID } = invite;
  const isAnswerable = account === "none" || account === "here";
  if (reader && reader.email !== inviteeEmail && isAnswerable)
    return (
      <>
        <ForgetCode />
        <SignOutToAnswer
          name={reader.name}
          inviteeEmail={inviteeEmail}
          path={account === "here" ? `/invite/${ZUID}` : `/invite/${code}`}
        />
      </>
    );
  if (account === "none") return <JoinForm code={code} invite={invite} />;
  return (
    <>
      <ForgetCode />
      {account === "here" && (
        <Remark
          action={
            <Button asChild variant="primary" className="w-full">
              <PageLink href={`/invite/${ZUID}`}>{reader ? "Answer" : "Sign in to answer"}</PageLink>
            </Button>
          }
        >
          You have an account with this address already.
        </Remark>
      )}
      {account === "left" && <Remark>Your account was deactivated. Ask an Admin to reactivate it instead.</Remark>}
      {account === "elsewhere" && (
        <Remark>This address belongs to an account elsewhere. Ask to be invited under another address.</Remark>
      )}
    </>
  );
}

const Remark = ({ action, children }: { action?: ReactNode; children: ReactNode }) => (
  <div className="grid gap-4">
    <p className="text-ink-2">{children}</p>
    {action}
  </div>
);
