"use client";

import { useEffect, useState } from "react";
import { Link } from "@/components/ui/link";
import { formatCount } from "@/lib/format";
import { api } from "@/lib/http/client";
import { trailOf } from "./event-words";

/** Leads to everything one request left in the trail, and says how much that is once it is known. */
export function RequestEvents({ requestId }: { requestId: string }) {
  const [count, setCount] = useState<number>();
  useEffect(() => {
    const abort = new AbortController();
    const options = { signal: abort.signal, isBackground: true, keepPage: true };
    api("GET", `/v1/audit-events?limit=1&request=${encodeURIComponent(requestId)}`, undefined, options).then(
      ({ meta }) => setCount(meta.totalResults),
      // The link works without the number.
      () => undefined,
    );
    return () => abort.abort();
  }, [requestId]);
  return (
    <Link href={trailOf({ request: requestId })}>
      {count === undefined ? "its events" : formatCount(count, "event")}
    </Link>
  );
}
