"use client";

import { useState } from "react";
import { Failure } from "@/components/failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import { api } from "@/lib/http/client";
import type { MailRecord } from "@/lib/mail/schema";

/** Shown when they are asked for: each reading is an act, which may take the password and stands in the trail. */
export function Mails() {
  const [mails, setMails] = useState<MailRecord[]>();
  const [failure, setFailure] = useState<Error>();
  const [isPending, setPending] = useState(false);

  async function read() {
    setPending(true);
    setFailure(undefined);
    try {
      setMails((await api<MailRecord[]>("POST", "/v1/outbox/readings", {})).data);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error("The mails were not read."));
    }
    setPending(false);
  }

  return (
    <div className="grid max-w-[900px] gap-4">
      {failure && <Failure error={failure} />}
      {mails === undefined || mails.length === 0 ? (
        <div className="rounded-2 border bg-surface">
          <EmptyState
            title={mails ? "No mail yet" : "Read the mails"}
            action={
              <Button pending={isPending} onClick={read}>
                {mails ? "Look again" : "Show the mails"}
              </Button>
            }
          >
            {mails
              ? "Invitations, password resets and notices appear here."
              : "Each reading is recorded in the audit trail, and asks for your password when you gave it a while ago."}
          </EmptyState>
        </div>
      ) : (
        <Card title={formatCount(mails.length, "mail")} flush>
          <ul aria-label="Mails">
            {mails.map(({ to, subject, text, sentAt }, index) => (
              <li key={`${sentAt} ${to} ${index}`} className="border-t px-[18px] py-3">
                <details>
                  <summary className="cursor-pointer">
                    <span className="font-semi wrap-anywhere">{subject}</span>{" "}
                    <span className="text-s wrap-anywhere text-ink-3">
                      to {to} · <Time value={sentAt} />
                    </span>
                  </summary>
                  <pre className="mt-3 rounded-2 bg-sunken px-3.5 py-3 font-sans text-s wrap-anywhere whitespace-pre-wrap">
                    {text}
                  </pre>
                </details>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
