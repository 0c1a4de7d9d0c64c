import type { Metadata } from "next";
import { Button } from "@/components/ui/button";
import { PageLink } from "@/components/ui/page-link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main id="main" className="grid min-h-dvh place-items-center px-4">
      <div className="max-w-[44ch]">
        <p className="font-mono text-xs text-ink-3">404</p>
        <h1 className="mt-1 text-xl font-semibold tracking-tight">There is nothing here</h1>
        <p className="mt-1 mb-5 text-ink-2">
          The address may be misspelt, the object may be gone, or your role does not show it.
        </p>
        <Button asChild>
          <PageLink href="/">Go to the overview</PageLink>
        </Button>
      </div>
    </main>
  );
}
