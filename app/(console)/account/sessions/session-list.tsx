"use client";

import { Monitor, SquareTerminal } from "lucide-react";
import { useChange } from "@/components/change";
import { toast } from "@/components/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { SessionRecord } from "@/lib/sessions/schema";

interface SessionListProps {
  sessions: readonly SessionRecord[];
  total: number;
  /** Whose they are; absent where they are one's own. */
  person?: { ZUID: string; name: string; mayEnd: boolean };
}

/** Where the person is signed in, this one first; each of the others can be ended. */
export function SessionList({ sessions, total, person }: SessionListProps) {
  const mayEnd = person?.mayEnd ?? true;
  const sorted = [...sessions].sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
  return (
    <Card
      title={formatCount(total, "live session")}
      actions={
        person
          ? mayEnd && total > 1 && <EndAll person={person} total={total} />
          : total > 1 && <EndOthers others={total - 1} />
      }
      footer="A session ends when nothing is done in it for as long as the policy of your organization says. What a device is called is what it says of itself."
      flush
    >
      <ul aria-label="Sessions">
        {sorted.map((session) => (
          <SessionRow key={session.ZUID} session={session} mayEnd={mayEnd} />
        ))}
      </ul>
    </Card>
  );
}

function SessionRow({ session, mayEnd }: { session: SessionRecord; mayEnd: boolean }) {
  const { kind, device, ip, isCurrent, createdAt, lastActionAt } = session;
  const Icon = kind === "api" ? SquareTerminal : Monitor;
  return (
    <li className="flex items-center gap-4 border-t px-[18px] py-3">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="min-w-0 font-semi wrap-anywhere">{device}</span>
          {isCurrent && <Status tone="ok">This session</Status>}
          {kind === "api" && <Status>API login</Status>}
        </p>
        <p className="mt-0.5 text-s text-ink-3">
          <span className="font-mono text-xs">{ip}</span> · signed in <Time value={createdAt} /> · last action{" "}
          <Time value={lastActionAt} />
        </p>
      </div>
      {!isCurrent && mayEnd && <EndOne session={session} />}
    </li>
  );
}

function EndOne({ session: { ZUID, device, ip } }: { session: SessionRecord }) {
  const change = useChange();
  return (
    <ConfirmDialog
      trigger={
        <Button size="s" aria-label={`End the session of ${device} at ${ip}`}>
          End
        </Button>
      }
      title={`End the session of ${device}?`}
      description="Its very next request is refused. Whoever uses it has to sign in again."
      confirmLabel="End session"
      danger
      onConfirm={async () => {
        await change("DELETE", `/v1/sessions/${ZUID}`);
        toast("The session has ended.");
      }}
    />
  );
}

function EndOthers({ others }: { others: number }) {
  const change = useChange();
  return (
    <ConfirmDialog
      trigger={<Button size="s">End the others</Button>}
      title={others === 1 ? "End the other session?" : `End the ${others} other sessions?`}
      description="Only this one stays. Every other browser and program that is signed in as you has to sign in again. API keys and access tokens are not touched."
      confirmLabel="End the others"
      danger
      onConfirm={async () => {
        const { ended } = await change<{ ended: string[] }>("DELETE", "/v1/sessions");
        toast(`${formatCount(ended.length, "session")} ended.`);
      }}
    />
  );
}

function EndAll({ person: { ZUID, name }, total }: { person: { ZUID: string; name: string }; total: number }) {
  const change = useChange();
  return (
    <ConfirmDialog
      trigger={<Button size="s">End all</Button>}
      title={`End the ${total} sessions of ${name}?`}
      description="Every browser and program that is signed in as this person has to sign in again. API keys and access tokens are not touched."
      confirmLabel="End all"
      danger
      onConfirm={async () => {
        const { ended } = await change<{ ended: string[] }>("DELETE", `/v1/sessions?user=${ZUID}`);
        toast(`${formatCount(ended.length, "session")} ended.`);
      }}
    />
  );
}
