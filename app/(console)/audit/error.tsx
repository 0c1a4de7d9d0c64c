"use client";

import { Page } from "@/components/shell/page";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { CRUMBS, SUB, TITLE } from "./about";

export default function AuditError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <Page crumbs={CRUMBS}>
      <PageHeader title={TITLE} sub={SUB} />
      <div className="rounded-2 border bg-surface">
        <ErrorState title="The events could not be loaded" requestId={digest} onRetry={retry}>
          The trail itself is untouched. Try again; if it stays, the reference below finds it in the log.
        </ErrorState>
      </div>
    </Page>
  );
}
