"use client";

import { useTheme } from "next-themes";
import { useEffect, useRef } from "react";
import { toast, Toaster } from "sonner";
import type { Message } from "@/components/toast";

const SHOW = { plain: toast, success: toast.success, error: toast.error };

/** Each message once, in the order they were said. */
export function Toasts({ messages }: { messages: readonly Message[] }) {
  const { resolvedTheme } = useTheme();
  const shown = useRef(0);
  useEffect(() => {
    for (const { text, kind } of messages.slice(shown.current)) SHOW[kind](text);
    shown.current = messages.length;
  }, [messages]);
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-full font-sans items-start gap-3 rounded-2 bg-surface p-3 text-s text-ink shadow-pop",
          title: "font-medium",
          description: "text-ink-2",
          actionButton: "ml-auto shrink-0 rounded-1 border border-line-strong px-2 py-1 font-medium",
        },
      }}
    />
  );
}
