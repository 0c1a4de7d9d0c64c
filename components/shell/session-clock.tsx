"use client";

import { usePathname } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { cn } from "@/components/cn";
import { draft } from "@/components/form-draft";
import { toast } from "@/components/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Tooltip } from "@/components/ui/tooltip";
import { formatCountdown, formatDateTime } from "@/lib/format";
import { signInInstead } from "@/lib/http/client";

export interface SessionTimes {
  expiresAt: string;
  absoluteEndsAt: string;
  /** The server's clock when it said so: the reader's own may be wrong. */
  now: string;
}

export interface SessionActions {
  /** Slides the session and answers its new times. */
  extend: () => Promise<SessionTimes>;
  /** Asks for the times without sliding the session. */
  read?: () => Promise<SessionTimes>;
  signOut: () => Promise<void>;
}

type Message = SessionTimes | "ended";

const WARNING = 2 * 60_000;
const CHANNEL = "latchkey:session";

/** Tells every tab, this one too, that the person has signed out. */
export function announceEnd(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("ended" satisfies Message);
  channel.close();
}

/** Whoever signs in next in this tab finds neither what was typed nor where. */
function leave(): void {
  draft.dropAll();
  location.replace("/sign-in");
}

export function SessionClock({ session, actions }: { session: SessionTimes; actions: SessionActions }) {
  const { remaining, isAtLimit, extend } = useCountdown(session, actions);
  const [isExtending, setExtending] = useState(false);
  const [isEnding, setEnding] = useState(false);

  async function stay() {
    setExtending(true);
    try {
      await extend();
    } catch {
      toast("The session could not be extended. Check the connection and try again.");
    } finally {
      setExtending(false);
    }
  }

  async function end() {
    setEnding(true);
    await actions.signOut();
  }

  const left = formatCountdown(remaining);
  return (
    <>
      <Tooltip
        side="right"
        content={
          <>
            Ends this long after your last action, at the latest{" "}
            {formatDateTime(session.absoluteEndsAt, undefined, false)}
          </>
        }
      >
        <span
          role="timer"
          aria-label="Session"
          tabIndex={0}
          suppressHydrationWarning
          className={cn("rounded-1 tabular-nums", remaining < WARNING && "font-medium text-warn")}
        >
          {left}
        </span>
      </Tooltip>
      <Dialog
        open={remaining < WARNING && remaining > 0}
        onOpenChange={(open) => !open && !isAtLimit && void stay()}
        width="s"
        title={`You will be signed out in ${left}`}
        description={
          isAtLimit
            ? "A session lasts this long at most, however busy it is. What you have typed is kept until you have signed in again."
            : "Nothing has happened here for a while. What you have typed is kept if you sign in again."
        }
        footer={
          <>
            <Button pending={isEnding} onClick={end}>
              Sign out
            </Button>
            {!isAtLimit && (
              <Button variant="primary" pending={isExtending} onClick={stay}>
                Stay signed in
              </Button>
            )}
          </>
        }
      />
    </>
  );
}

/** Milliseconds until the end, told by the server, renewed in all tabs at once. */
function useCountdown(session: SessionTimes, { extend, read }: SessionActions) {
  const pathname = usePathname();
  const [told, setTold] = useState(session);
  const [clock, setClock] = useState(() => Date.parse(session.now));
  const times = Date.parse(told.expiresAt) > Date.parse(session.expiresAt) ? told : session;
  // The clock ticks once a second: an end told in between may seem farther away than it is.
  const remaining = Date.parse(times.expiresAt) - Math.max(clock, Date.parse(times.now));

  const hear = useEffectEvent((message: Message) => {
    if (message === "ended") leave();
    else setTold(message);
  });
  const check = useEffectEvent(async () => {
    const latest = await read?.().catch(() => undefined);
    if (latest) setTold(latest);
    return latest;
  });
  const tick = useEffectEvent((now: number) => {
    setClock(now);
    const left = Date.parse(times.expiresAt) - now;
    // Asked a little before the warning: another tab may have slid the session.
    if (remaining > WARNING + 5000 && left <= WARNING + 5000) void check();
    if (remaining > 0 && left <= 0)
      void check().then((latest) => (latest && Date.parse(latest.expiresAt) > now) || signInInstead());
  });

  useEffect(() => {
    const skew = Date.parse(session.now) - Date.now();
    const timer = setInterval(() => tick(Date.now() + skew), 1000);
    return () => clearInterval(timer);
  }, [session.now]);
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = (event: MessageEvent<Message>) => hear(event.data);
    return () => channel.close();
  }, []);
  // Opening a page is an action: once it has been answered the session ends later.
  useEffect(() => {
    const timer = setTimeout(() => void check(), 1000);
    return () => clearTimeout(timer);
  }, [pathname]);

  return {
    remaining,
    isAtLimit: Date.parse(times.absoluteEndsAt) <= Date.parse(times.expiresAt),
    async extend() {
      const latest = await extend();
      setTold(latest);
      const channel = new BroadcastChannel(CHANNEL);
      channel.postMessage(latest satisfies Message);
      channel.close();
    },
  };
}
