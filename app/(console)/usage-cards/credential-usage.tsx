"use client";

import { useLive } from "@/components/live";
import type { CredentialUsage as Usage } from "@/lib/usage/schema";
import { CallersCard } from "./callers-card";
import { PermissionsCard } from "./permissions-card";
import { UsageChart } from "./usage-chart";

/** How a credential is used: nothing as long as nobody has presented it. */
export function CredentialUsage({ usage }: { usage: Usage }) {
  const { last30Days, callers } = usage;
  if (last30Days.allowed + last30Days.refused + callers.total === 0) return null;
  return (
    <div className="mt-4 grid items-start gap-4 lg:grid-cols-2">
      <div className="min-w-0 lg:col-span-2">
        <UsageChart title="Calls in the last 30 days" usage={usage} empty="None." />
      </div>
      <CallersCard callers={usage.callers} />
      <PermissionsCard permissions={usage.permissions} />
    </div>
  );
}

/** What the server rendered, and what the API says since. */
export const useUsage = (path: string, rendered: Usage) => useLive(`${path}/usage`, rendered);
