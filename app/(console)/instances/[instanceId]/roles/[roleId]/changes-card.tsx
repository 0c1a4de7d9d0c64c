"use client";

import type { ReactNode } from "react";
import { AccessWords } from "@/app/(console)/admin/setup/apps/access-words";
import {
  affected,
  differenceOf,
  placeChanges,
  refusedCalls,
} from "@/app/(console)/instances/[instanceId]/roles/differences";
import { Failure } from "@/components/failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatCount } from "@/lib/format";
import type { Holder } from "@/lib/holders/schema";
import type { AnyPermission, HeldRole } from "@/lib/kernel/permissions";

interface ChangesCardProps {
  before: HeldRole;
  after: HeldRole;
  count: number;
  instanceId: string;
  resources: readonly string[];
  holders: readonly Holder[];
  failure?: Error;
  isSaving: boolean;
  onSave: () => Promise<void>;
  onDiscard: () => void;
}

const NAMED = 3;

/** What is about to change, for the role and for each who holds it. Nothing is saved before the button is pressed. */
export function ChangesCard(props: ChangesCardProps) {
  const { before, after, count, instanceId, resources, holders, failure, isSaving, onSave, onDiscard } = props;
  const difference = differenceOf(before, after, instanceId, resources);
  const places = placeChanges(before, after);
  const isSilent = difference.gained.length + difference.lost.length + places.length === 0;
  return (
    <Card
      title="What changes"
      aria-label="What changes"
      actions={count > 0 && <span className="text-s text-ink-3 tabular-nums">{formatCount(count, "cell")}</span>}
    >
      <div className="grid gap-3 text-s">
        {count === 0 ? (
          <p className="text-ink-3">
            Nothing yet. Choose a cell
            <span className="hidden pointer-fine:inline">
              {" "}
              and press Space, or A, D and I to allow, deny or inherit
            </span>
            .
          </p>
        ) : (
          <>
            <Permissions title="Gains" of={difference.gained} />
            <Permissions title="Loses" of={difference.lost} />
            {places.length > 0 && (
              <ul className="grid gap-0.5">
                {places.map(({ place, verb, now }) => (
                  <li key={`${place} ${verb}`} className="wrap-anywhere">
                    <code className="font-mono text-xs">{place}</code> {verb}:{" "}
                    {now === null ? "inherited" : now ? "allowed" : "denied"}
                  </li>
                ))}
              </ul>
            )}
            {isSilent && (
              <p className="text-ink-2">
                The permissions stay the same: what was inherited is said by the role itself from now on, or the other
                way round.
              </p>
            )}
            <ForHolders {...props} isSilent={isSilent} />
          </>
        )}
        {(failure || count > 0) && (
          <div className="grid gap-3 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:border-t max-lg:bg-canvas max-lg:px-4 max-lg:py-3">
            {failure && <Failure error={failure} />}
            {failure && "code" in failure && failure.code === "conflict" && (
              <p className="text-ink-2">
                The matrix shows the role as it is now, with your changes on top. Nothing of yours is lost; look again,
                then save.
              </p>
            )}
            {count > 0 && (
              <div className="flex flex-wrap gap-2">
                <Button variant="primary" pending={isSaving} onClick={onSave}>
                  Save changes
                </Button>
                <Button onClick={onDiscard}>Discard</Button>
              </div>
            )}
          </div>
        )}
      </div>
      <p className="sr-only" role="status">
        {holders.length > 0 && count > 0 ? `${formatCount(count, "cell")} changed` : ""}
      </p>
    </Card>
  );
}

function Permissions({ title, of }: { title: string; of: AnyPermission[] }) {
  if (of.length === 0) return null;
  return (
    <div>
      <h3 className={title === "Gains" ? "font-medium text-ok" : "font-medium text-bad"}>{title}</h3>
      <AccessWords access={{ mode: "restricted", permissions: of }} />
    </div>
  );
}

function ForHolders({
  before,
  after,
  instanceId,
  resources,
  holders,
  isSilent,
}: ChangesCardProps & { isSilent: boolean }) {
  if (holders.length === 0) return <p className="text-ink-2">Nobody you can see holds the role.</p>;
  if (isSilent) return null;
  const difference = differenceOf(before, after, instanceId, resources);
  const total = difference.gained.length + difference.lost.length;
  const calls = refusedCalls(difference, holders);
  return (
    <>
      <ul className="grid gap-1.5 border-t pt-3 text-ink-2">
        {affected(difference, holders).map((group) => {
          const { gained, lost } = group;
          const isAll = gained.length + lost.length === total;
          return (
            <li key={`${gained.join()} ${lost.join()}`}>
              <Names of={group.holders} />: {isAll ? "all of this." : partWords(gained, lost)}
            </li>
          );
        })}
      </ul>
      {difference.lost.length > 0 && (
        <p className={calls > 0 ? "rounded-2 bg-warn-soft px-3.5 py-2.5 text-warn" : "text-ink-2"}>
          {calls > 0
            ? `${formatCount(calls, "call")} of its tokens in the last 30 days would have been refused.`
            : "No call of its tokens in the last 30 days would have been refused."}
        </p>
      )}
    </>
  );
}

function partWords(gained: AnyPermission[], lost: AnyPermission[]): ReactNode {
  if (gained.length + lost.length === 0) return "nothing changes, by other roles or as no token may do it.";
  return [
    ...(gained.length > 0 ? [`gains ${gained.join(", ")}`] : []),
    ...(lost.length > 0 ? [`loses ${lost.join(", ")}`] : []),
  ].join("; ");
}

function Names({ of }: { of: readonly Holder[] }) {
  const more = of.length - NAMED;
  const names = of.slice(0, NAMED).map(({ name }) => name);
  return (
    <b className="font-medium wrap-anywhere text-ink">
      {names.join(", ")}
      {more > 0 && ` and ${more} more`}
    </b>
  );
}
