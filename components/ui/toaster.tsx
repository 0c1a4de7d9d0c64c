"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
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
