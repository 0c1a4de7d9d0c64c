import type { ReactNode } from "react";
import { AuthCard } from "@/app/(auth)/auth-card";

/** For every link that does not work: which of the reasons it is stays untold. */
export function DeadLink({ children }: { children: ReactNode }) {
  return (
    <AuthCard title="This link does not work" sub="It was used, has expired, or was replaced by a newer one.">
      <p className="text-ink-2">
        If you have just opened it and loaded the page again, open it from the mail once more.
      </p>
      <p className="mt-3 text-ink-2">{children}</p>
    </AuthCard>
  );
}
