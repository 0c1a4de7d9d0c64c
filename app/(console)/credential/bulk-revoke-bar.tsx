"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useNow } from "@/components/clock";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import { api, ApiError } from "@/lib/http/client";
import { useReason } from "./reason";

/** A key or token among several that are to be revoked. */
export interface Revocable {
  /** Its own address in the API. */
  path: string;
  name: string;
  lastUsedAt: string | null;
}

interface Result extends Revocable {
  failure?: string;
}

const DAY = 86_400_000;

interface BulkRevokeBarProps {
  /** Those of the selected ones that are not revoked already and that the person may revoke. */
  credentials: readonly Revocable[];
  /** What one of them is called: "key", "token", "credential". */
  noun: string;
  clear: () => void;
}

/** Revokes the selected ones one after the other: each is an act and an event of its own, and each says how it went. */
export function BulkRevokeBar({ credentials, noun, clear }: BulkRevokeBarProps) {
  const router = useRouter();
  const now = useNow();
  const { reason, fields } = useReason();
  const [results, setResults] = useState<Result[]>();
  const inUse = credentials.filter(({ lastUsedAt }) => lastUsedAt !== null && now - Date.parse(lastUsedAt) < DAY);
  const count = credentials.length;
  const counted = formatCount(count, noun);

  async function revokeAll() {
    const done: Result[] = [];
    for (const credential of credentials) done.push({ ...credential, failure: await revoke(credential, reason) });
    setResults(done);
    router.refresh();
  }

  return (
    <>
      <ConfirmDialog
        trigger={
          <Button variant="danger" disabled={count === 0}>
            {count === 0 ? "Nothing to revoke" : `Revoke ${count}…`}
          </Button>
        }
        title={`Revoke ${counted}?`}
        description="Every version of each is refused at once and for good. The records stay, with who revoked them, when and why."
        confirmLabel={`Revoke ${counted}`}
        danger
        typedName={`revoke ${count}`}
        disabled={!reason}
        onConfirm={revokeAll}
      >
        {inUse.length > 0 && (
          <p className="rounded-2 bg-warn-soft px-3.5 py-2.5 text-s text-warn">
            {formatCount(inUse.length, "of them was", "of them were")} used in the last 24 hours. Those callers will
            fail.
          </p>
        )}
        <ul className="grid max-h-44 gap-1 overflow-y-auto rounded-2 border px-3.5 py-2.5 text-s" tabIndex={0}>
          {credentials.map(({ path, name, lastUsedAt }) => (
            <li key={path} className="flex justify-between gap-4">
              <span className="min-w-0 truncate">{name}</span>
              <span className="shrink-0 text-ink-3">
                <Time value={lastUsedAt} none="never used" tabIndex={-1} />
              </span>
            </li>
          ))}
        </ul>
        {fields}
      </ConfirmDialog>
      <Results results={results} close={clear} />
    </>
  );
}

/** Why it was not revoked; undefined when it was. */
const revoke = ({ path }: Revocable, reason?: string) =>
  api("DELETE", path, { reason }).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ApiError) return error.detail;
      throw error;
    },
  );

function Results({ results, close }: { results?: Result[]; close: () => void }) {
  if (!results) return null;
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title={failed === 0 ? "All of them are revoked" : `${results.length - failed} of ${results.length} are revoked`}
      footer={
        <Button variant="primary" onClick={close}>
          Done
        </Button>
      }
    >
      <ul className="grid gap-2 text-s">
        {results.map(({ path, name, failure }) => (
          <li key={path} className="grid gap-0.5">
            <span className="flex items-center justify-between gap-4">
              <span className="min-w-0 truncate">{name}</span>
              <Status tone={failure === undefined ? "idle" : "bad"}>
                {failure === undefined ? "Revoked" : "Not revoked"}
              </Status>
            </span>
            {failure !== undefined && <span className="text-ink-2">{failure}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
