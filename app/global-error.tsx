"use client";

import { GeistSans } from "geist/font/sans";
import { ErrorState } from "@/components/ui/error-state";
import "./globals.css";

/** Stands in for the whole document when the root layout itself fails. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <html lang="en" className={GeistSans.variable}>
      <body>
        <title>Something went wrong</title>
        <main id="main" className="mx-auto max-w-xl px-4 py-24">
          <ErrorState title="This page could not be shown" requestId={digest} onRetry={retry}>
            Nothing was changed. Try again; if it stays, the reference below finds it in the log.
          </ErrorState>
        </main>
      </body>
    </html>
  );
}
