import type { Metadata } from "next";
import { AccountPage } from "@/app/(console)/account/account-page";
import { pageCtx } from "@/lib/auth/page-ctx";
import { listSessions } from "@/lib/sessions/queries";
import { ListSessions } from "@/lib/sessions/schema";
import { SessionList } from "./session-list";

export const metadata: Metadata = { title: "Your sessions" };

export default async function SessionsPage() {
  const { rows, total } = await listSessions(await pageCtx(), ListSessions.parse({ limit: 100 }));
  return (
    <AccountPage part="Sessions">
      <SessionList sessions={rows} total={total} />
    </AccountPage>
  );
}
