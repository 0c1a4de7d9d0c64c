import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtx } from "@/lib/auth/page-ctx";
import { hasOutbox } from "@/lib/mail/queries";
import { Mails } from "./mails";

export const metadata: Metadata = { title: "Outbox" };

/** The mails nobody sends while no mail server is set up. */
export default async function OutboxPage() {
  const ctx = await pageCtx();
  if (!hasOutbox(ctx.power)) notFound();
  return (
    <Page crumbs={[{ label: "Admin" }, { label: "Outbox" }]}>
      <PageHeader
        title="Outbox"
        sub="No mail server is set up, so mails stay here, the newest 200 of them. Their links act for whom they are addressed to: pass each on to nobody else. With SMTP_URL set, mails are sent and this page is gone."
      />
      <Mails />
    </Page>
  );
}
