import { UsageChart } from "@/app/(console)/usage-cards/usage-chart";
import { RefusedFor } from "@/lib/overview/schema";
import type { OrganizationUsage, RefusalCode } from "@/lib/usage/schema";

/** What is no credential of the organization has no row to lead to. */
const hrefOf = (code: RefusalCode) => (RefusedFor.safeParse(code).success ? `/credentials?refused=${code}` : undefined);

/** How the credentials were used; each reason of refusals leads to those that were refused for it. */
export const Verifications = ({ usage }: { usage: OrganizationUsage }) => (
  <UsageChart
    title="Verifications in the last 30 days"
    usage={usage}
    href={hrefOf}
    empty="No key or token has been presented yet. Each check of one is counted here, by what came of it."
  />
);
