import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageLink } from "@/components/ui/page-link";

export const metadata: Metadata = { title: "Not found" };

export default function ConsoleNotFound() {
  return (
    <Page crumbs={[{ label: "Not found" }]}>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing here"
        action={
          <Button asChild>
            <PageLink href="/">Go to the overview</PageLink>
          </Button>
        }
      >
        The address may be misspelt, the object may be gone, or your role does not show it.
      </EmptyState>
    </Page>
  );
}
