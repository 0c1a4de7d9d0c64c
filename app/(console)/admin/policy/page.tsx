import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { allows } from "@/lib/kernel/permissions";
import { getPolicy, getPolicyReach } from "@/lib/policy/queries";
import { HEAD } from "./head";
import { PolicyForm } from "./policy-form";
import { PolicyView } from "./policy-view";

export const metadata: Metadata = { title: "Policy" };

export default async function PolicyPage() {
  const ctx = await pageCtxWith("policy:read");
  const [policy, reach] = await Promise.all([getPolicy(ctx), getPolicyReach(ctx)]);
  const mayChange = allows(ctx.power, "policy:update");
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={mayChange ? HEAD.sub : `${HEAD.sub} Owners change it.`} />
      {mayChange ? (
        // A form holds the values it was opened with; another policy is another form.
        <PolicyForm key={JSON.stringify(policy)} policy={policy} reach={reach} />
      ) : (
        <PolicyView policy={policy} />
      )}
    </Page>
  );
}
