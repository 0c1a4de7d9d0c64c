"use client";

import { useSyncExternalStore } from "react";

const STEP = 5000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((each) => each()), STEP);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const read = () => Math.floor(Date.now() / STEP) * STEP;

/** The time in steps of five seconds, one timer for all who ask. */
export const useNow = () => useSyncExternalStore(subscribe, read, read);

/** Whether the browser has taken over: only then are its time zone and address known. */
export const useIsHydrated = () =>
  useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
