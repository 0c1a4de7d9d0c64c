"use client";

import { useState } from "react";
import { endSession } from "@/app/(auth)/end-session";
import { draft } from "@/components/form-draft";
import { announceEnd } from "@/components/shell/session-clock";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

interface SignOutToAnswerProps {
  /** Who is signed in. */
  name: string;
  inviteeEmail: string;
  /** Where the invitation is answered by nobody or by its addressee. */
  path: string;
}

/** An invitation is for one person, and somebody else is signed in. */
export function SignOutToAnswer({ name, inviteeEmail, path }: SignOutToAnswerProps) {
  const [isPending, setPending] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  async function leave() {
    setPending(true);
    setFailed(false);
    try {
      await endSession();
      draft.dropAll();
      announceEnd();
      location.replace(path);
    } catch {
      setFailed(true);
      setPending(false);
    }
  }

  return (
    <div className="grid gap-4">
      {hasFailed && <Banner tone="bad">The server did not answer, so you are still signed in. Try again.</Banner>}
      <p className="wrap-anywhere text-ink-2">
        You are signed in as <b>{name}</b>. Sign out to answer as {inviteeEmail}.
      </p>
      <Button variant="primary" className="w-full" pending={isPending} onClick={() => void leave()}>
        Sign out
      </Button>
    </div>
  );
}
