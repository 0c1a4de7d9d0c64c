import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { crumbsTo } from "@/app/(console)/admin/setup/apps/crumbs";
import { RegisterAppWizard } from "./register-app-wizard";

export const metadata: Metadata = { title: "New app" };

export default async function NewAppPage() {
  await pageCtxWith("apps:create");
  return (
    <Page crumbs={crumbsTo({ label: "New" })}>
      <RegisterAppWizard />
    </Page>
  );
}
