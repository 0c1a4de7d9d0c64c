"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { DescriptionList } from "@/components/ui/description-list";
import { Id } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import { PageLink } from "@/components/ui/page-link";
import { Sheet } from "@/components/ui/sheet";
import { Status } from "@/components/ui/status";
import type { EventRecord } from "@/lib/audit/schema";
import { sentenceOf } from "@/lib/audit/sentence";
import { formatDateTime } from "@/lib/format";
import { Changes } from "./changes";
import { ACTOR_KIND, actorHref, kindOf, OUTCOME_TONE, storedAt, targetHref, trailOf } from "./event-words";
import { ProofStatus } from "./proof-status";
import { RequestEvents } from "./request-events";

interface EventSheetProps {
  /** The id in the address; without the event itself, there is none with this id. */
  id: string | null;
  event?: EventRecord;
  /** The reader's own log. */
  log: string;
  onClose: () => void;
}

/** One event in full. */
export function EventSheet({ id, event, log, onClose }: EventSheetProps) {
  const close = (isOpen: boolean) => !isOpen && onClose();
  if (!event) {
    return (
      <Sheet open={id !== null} onOpenChange={close} eyebrow={id} title="No event with this id">
        <p className="text-ink-2">It may belong to another organization, or the address is incomplete.</p>
      </Sheet>
    );
  }
  const json = JSON.stringify(event, null, 2);
  return (
    <Sheet
      open
      onOpenChange={close}
      eyebrow={<Id value={event.ZUID} />}
      title={sentenceOf(event)}
      description={<When at={event.occurredAt} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <Facts event={event} />
        <Changes event={event} />
        <ProofStatus event={event.ZUID} seq={event.seq} log={log} />
        <div className="flex flex-wrap gap-2">
          {event.actor.ZUID && (
            <Button asChild>
              <PageLink href={trailOf({ actor: event.actor.ZUID })}>
                Everything {event.actor.type === "user" ? "they" : "it"} did
              </PageLink>
            </Button>
          )}
          {event.target.ZUID && (
            <Button asChild>
              <PageLink href={trailOf({ target: event.target.ZUID })}>History of this target</PageLink>
            </Button>
          )}
        </div>
        <section>
          <h3 className="mb-1.5 text-s font-semi">Record</h3>
          <CodeBlock label="JSON of the event" copy={json}>
            {json}
          </CodeBlock>
        </section>
      </div>
    </Sheet>
  );
}

function When({ at }: { at: string }) {
  return (
    <span className="tabular-nums">
      {formatDateTime(at)} local · {formatDateTime(at, "UTC")} UTC
    </span>
  );
}

function Facts({ event }: { event: EventRecord }) {
  const { actor, target, outcome, reason, reportedBy, instanceZUID, ip, userAgent, requestId } = event;
  const kind = (words: string): ReactNode => <span className="text-ink-3"> {words}</span>;
  const [own, href] = [actorHref(event), targetHref(event)];
  return (
    <DescriptionList
      narrow
      items={[
        [
          "Actor",
          <>
            {own ? <Link href={own}>{actor.name}</Link> : actor.name}
            {kind(actor.type === "api_key" ? "API key, no person recorded" : ACTOR_KIND[actor.type])}
          </>,
        ],
        [
          "Target",
          <>
            {href ? <Link href={href}>{target.name}</Link> : target.name}
            {kind(kindOf(target.type))}
          </>,
        ],
        instanceZUID !== null && [
          "Instance",
          <Link key="instance" href={`/instances/${instanceZUID}`}>
            {instanceZUID}
          </Link>,
        ],
        [
          "Outcome",
          <Status key="outcome" tone={OUTCOME_TONE[outcome]}>
            {outcome}
          </Status>,
        ],
        reason !== null && ["Reason", reason],
        reportedBy !== null && [
          "Reported by",
          <>
            <Link href={trailOf({ target: reportedBy })}>{reportedBy}</Link>
            {kind(`received ${formatDateTime(storedAt(event))}`)}
          </>,
        ],
        [
          "From",
          <>
            {ip}
            {kind(userAgent)}
          </>,
        ],
        [
          "Request",
          <>
            <code className="font-mono text-xs">{requestId}</code> <RequestEvents requestId={requestId} />
          </>,
        ],
      ]}
    />
  );
}
