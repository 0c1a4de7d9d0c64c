"use client";

import type { ComponentProps } from "react";
import { Lines } from "@/app/(console)/admin/setup/apps/lines";
import { useNow } from "@/components/clock";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import { formatDuration, formatTimeLeft } from "@/lib/format";
import type { Credential } from "./credential";
import { rateWords } from "./words";

interface ReachProps {
  credential: Credential;
  /** On what it works: what only its own kind can say. */
  works: ComponentProps<typeof DescriptionList>["items"];
  edit?: () => void;
}

export function Reach({ credential, works, edit }: ReachProps) {
  const { notBefore, expiresAt } = credential;
  const { allowedCidrs, rateLimit, description } = credential.record;
  return (
    <Card title="Reach">
      <DescriptionList
        items={[
          description !== "" && [
            "Purpose",
            <span key="purpose" className="whitespace-pre-line">
              {description}
            </span>,
          ],
          ...works,
          [
            "From",
            allowedCidrs.length > 0 ? (
              <Lines key="from" lines={allowedCidrs} none="" />
            ) : (
              <>anywhere {edit && <Inline act={edit}>limit to networks</Inline>}</>
            ),
          ],
          ["Rate", rateLimit ? rateWords(rateLimit) : <>no limit {edit && <Inline act={edit}>set one</Inline>}</>],
          notBefore !== null && ["Not before", <Moment key="start" value={notBefore} />],
          ["Expires", expiresAt ? <Moment key="end" value={expiresAt} /> : "never"],
        ]}
      />
    </Card>
  );
}

function Moment({ value }: { value: string }) {
  const left = Date.parse(value) - useNow();
  return (
    <>
      <Time value={value} absolute />{" "}
      <span suppressHydrationWarning className="text-ink-3">
        {left > 0 ? `in ${formatTimeLeft(left, 1)}` : `${formatDuration(-left, 1)} ago`}
      </span>
    </>
  );
}

const Inline = ({ act, children }: { act: () => void; children: string }) => (
  <button
    type="button"
    onClick={act}
    className="rounded-[2px] text-accent underline decoration-accent/35 underline-offset-3 hover:decoration-accent"
  >
    {children}
  </button>
);
