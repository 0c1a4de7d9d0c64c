import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "@/components/shell/page";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtx } from "@/lib/auth/page-ctx";
import { formatCount } from "@/lib/format";
import { readPage, readSearch, type Search } from "@/lib/http/page-query";
import { canListInvites, listInvitePlaces, listInvites } from "@/lib/invites/queries";
import { ListInvites } from "@/lib/invites/schema";
import { hasOutbox } from "@/lib/mail/queries";
import { HEAD } from "./head";
import { InviteTable } from "./invite-table";
import { NewInvite } from "./new-invite";

export const metadata: Metadata = { title: "Invitations" };

export default async function InvitesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtx();
  if (!canListInvites(ctx.power)) notFound();
  const query = readSearch(ListInvites, await searchParams);
  const [page, places] = await Promise.all([
    readPage(query, (asked) => listInvites(ctx, asked)),
    listInvitePlaces(ctx),
  ]);
  const invite = places.length > 0 && <NewInvite places={places} />;
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} actions={invite} />
      {hasOutbox(ctx.power) && (
        <Banner className="mb-4">
          No mail server is set up, so mails stay in the <Link href="/admin/outbox">outbox</Link>. Pass their links on
          yourself.
        </Banner>
      )}
      <InviteTable
        rows={page.rows}
        nextCursor={page.nextCursor ?? undefined}
        summary={formatCount(page.total, "invitation")}
        places={places.map(({ ZUID }) => ZUID)}
      />
    </Page>
  );
}
