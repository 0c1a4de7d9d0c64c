"use client";

import { Bot, User } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/status";
import { formatCount } from "@/lib/format";
import type { Holder, RoleInUse } from "@/lib/holders/schema";

const SHOWN = 8;

interface HoldersCardProps {
  role: RoleInUse;
  holders: readonly Holder[];
  mayReadPeople: boolean;
}

/** Who and what holds the role. */
export function HoldersCard({ role, holders, mayReadPeople }: HoldersCardProps) {
  const [isWhole, setWhole] = useState(false);
  const { people, tokens } = role;
  const unseen = people + tokens - holders.length;
  const peopleWords = formatCount(people, "person", "people");
  const countWords = (
    <>
      {mayReadPeople && people > 0 ? <Link href={`/admin/users?role=${role.ZUID}`}>{peopleWords}</Link> : peopleWords}{" "}
      and {formatCount(tokens, "live token")}
      {unseen > 0 && `, ${unseen} of them not for you to see`}.
    </>
  );
  const shown = isWhole ? holders : holders.slice(0, SHOWN);
  return (
    <Card title="Held by" flush>
      <p className="px-[18px] pb-3 text-s text-ink-2">
        {people + tokens === 0 ? "Nobody and nothing yet." : countWords}
      </p>
      {shown.length > 0 && (
        <ul
          aria-label="Holders"
          className="max-h-96 overflow-y-auto border-t text-s"
          tabIndex={isWhole ? 0 : undefined}
        >
          {shown.map((holder) => (
            <HolderLine key={holder.ZUID} holder={holder} mayReadPeople={mayReadPeople} />
          ))}
        </ul>
      )}
      {holders.length > SHOWN && (
        <div className="border-t px-[18px] py-2">
          <Button variant="ghost" size="s" onClick={() => setWhole(!isWhole)}>
            {isWhole ? "Show fewer" : `Show all ${holders.length}`}
          </Button>
        </div>
      )}
    </Card>
  );
}

function HolderLine({ holder, mayReadPeople }: { holder: Holder; mayReadPeople: boolean }) {
  const { kind, ZUID, name, hasLeft, instanceZUID } = holder;
  const Icon = kind === "user" ? User : Bot;
  const href =
    kind === "access_token"
      ? `/instances/${instanceZUID}/tokens/${ZUID}`
      : mayReadPeople
        ? `/admin/users/${ZUID}`
        : undefined;
  return (
    <li className="flex min-h-9 items-center gap-2.5 border-b px-[18px] py-1.5 last:border-b-0">
      <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="min-w-0 truncate">{href ? <Link href={href}>{name}</Link> : name}</span>
      <span className="ml-auto flex shrink-0 items-center gap-2">
        {hasLeft && <Status>Deactivated</Status>}
        <span className="text-xs text-ink-3">{kind === "user" ? "person" : "token"}</span>
      </span>
    </li>
  );
}
