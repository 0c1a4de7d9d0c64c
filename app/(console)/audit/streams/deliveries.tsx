"use client";

import { useEffect, useState } from "react";
import { Failure } from "@/components/failure";
import { Spinner } from "@/components/ui/spinner";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatCount, formatNumber } from "@/lib/format";
import { api } from "@/lib/http/client";
import type { DeliveryRecord } from "@/lib/streams/schema";

/** The last attempts, the newest first. */
export function Deliveries({ streamId }: { streamId: string }) {
  const [rows, setRows] = useState<DeliveryRecord[]>();
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    const ended = new AbortController();
    api<DeliveryRecord[]>("GET", `/v1/streams/${streamId}/deliveries`).then(
      ({ data }) => !ended.signal.aborted && setRows(data),
      (error: Error) => !ended.signal.aborted && setFailure(error),
    );
    return () => ended.abort();
  }, [streamId]);
  return (
    <section>
      <h3 className="mb-1.5 text-s font-semi">Last deliveries</h3>
      {failure ? <Failure error={failure} /> : rows ? <List rows={rows} /> : <Spinner />}
    </section>
  );
}

function List({ rows }: { rows: readonly DeliveryRecord[] }) {
  if (rows.length === 0)
    return <p className="text-s text-ink-3">Nothing was sent yet. Send a test to try the address.</p>;
  return (
    <ol className="rounded-2 border text-s">
      {rows.map((row, index) => (
        <li key={`${row.at} ${index}`} className="grid gap-1 border-t px-3 py-2 first:border-t-0">
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <Status tone={row.error === null ? "ok" : "bad"}>{row.error === null ? "Taken" : "Failed"}</Status>
            <span className="text-ink-3 tabular-nums">
              <Time value={row.at} /> · {formatNumber(row.durationMs)} ms
            </span>
          </div>
          <span className="text-ink-2">{contentOf(row)}</span>
          {row.error !== null && <span className="wrap-anywhere text-bad">{row.error}</span>}
        </li>
      ))}
    </ol>
  );
}

function contentOf({ from, to }: DeliveryRecord): string {
  if (from === to) return "Test";
  return `${formatCount(to - from, "event")}, from number ${formatNumber(from)}`;
}
