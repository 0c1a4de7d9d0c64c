"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { api, ApiError } from "@/lib/http/client";

const EVERY = 5000;

interface Live {
  /** False stands still at what was read last. */
  isOn?: boolean;
  everyMs?: number;
}

/** What the server rendered, and while the page is in view what `path` answers since: reading it is no action of the person. */
export function useLive<T>(path: string, rendered: T, { isOn = true, everyMs = EVERY }: Live = {}): T {
  const router = useRouter();
  const [latest, setLatest] = useState({ rendered, value: rendered });

  const read = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const { data } = await api<T>("GET", path, undefined, { signal, isBackground: true });
      if (!signal.aborted) setLatest({ rendered, value: data });
    } catch (error) {
      // What is gone is shown as gone; anything else may pass by the next time.
      if (error instanceof ApiError && error.status === 404) router.refresh();
    }
  });
  useEffect(() => {
    const stop = new AbortController();
    if (!isOn) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void read(stop.signal), everyMs);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [path, isOn, everyMs]);
  return latest.rendered === rendered ? latest.value : rendered;
}
