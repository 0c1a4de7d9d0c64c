"use client";

import { Page } from "@/components/shell/page";
import { ErrorState } from "@/components/ui/error-state";

/** Stands in for a page that failed; the frame around it stays. */
export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <Page crumbs={[{ label: "Something went wrong" }]}>
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorState title="This page could not be shown" requestId={digest} onRetry={retry}>
        Nothing was changed. Try again; if it stays, the reference below finds it in the log.
      </ErrorState>
    </Page>
  );
}
