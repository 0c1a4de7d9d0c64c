"use client";

import { useState } from "react";
import { startSingleSignOn } from "@/app/(auth)/start-single-sign-on";
import { Failure } from "@/components/failure";
import { Button } from "@/components/ui/button";

/** The other way in, where the organization has one. */
export function SingleSignOnButton({ name, next }: { name: string; next: string }) {
  const [failure, setFailure] = useState<Error>();
  const [isPending, setPending] = useState(false);

  async function start() {
    setPending(true);
    setFailure(undefined);
    try {
      await startSingleSignOn(next);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error("It did not start."));
      setPending(false);
    }
  }

  return (
    <div className="mb-4 grid gap-4">
      {failure && <Failure error={failure} />}
      <Button pending={isPending} onClick={start}>
        Sign in with {name}
      </Button>
      <p className="flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
    </div>
  );
}
