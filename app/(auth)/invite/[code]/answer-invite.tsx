"use client";

import { useState } from "react";
import { Failure } from "@/components/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { api } from "@/lib/http/client";
import type { LinkedInvite } from "@/lib/invites/schema";

type Answer = "accept" | "decline";

/** Whoever is signed in as the person it was sent to needs no link. */
export function AnswerInvite({ invite: { ZUID, createdByName } }: { invite: LinkedInvite }) {
  const [pending, setPending] = useState<Answer>();
  const [isDeclined, setDeclined] = useState(false);
  const [failure, setFailure] = useState<Error>();

  async function answer(action: Answer) {
    setPending(action);
    setFailure(undefined);
    try {
      await api("PUT", `/v1/invites/${ZUID}?action=${action}`, {});
      if (action === "accept") location.replace("/");
      else setDeclined(true);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error("Something else than an error was thrown."));
      setPending(undefined);
    }
  }

  if (isDeclined) return <Banner>You have declined. Nothing about your account has changed.</Banner>;
  return (
    <div className="grid gap-4">
      {failure && <Failure error={failure} />}
      <p className="text-ink-2">You keep what you hold already. {createdByName} sees your answer.</p>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          className="flex-1"
          pending={pending === "accept"}
          onClick={() => void answer("accept")}
        >
          Accept
        </Button>
        <Button variant="ghost" pending={pending === "decline"} onClick={() => void answer("decline")}>
          Decline
        </Button>
      </div>
    </div>
  );
}
