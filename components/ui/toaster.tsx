"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { said } from "@/components/toast";

const Toasts = lazy(() => import("./toasts").then(({ Toasts }) => ({ default: Toasts })));

/** Loads what shows messages with the first of them: most visits see none. */
export function Toaster() {
  const messages = useSyncExternalStore(said.subscribe, said.read, said.readOnServer);
  if (messages.length === 0) return null;
  return (
    <Suspense>
      <Toasts messages={messages} />
    </Suspense>
  );
}
