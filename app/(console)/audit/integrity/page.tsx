import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { getIntegrity, listCheckpoints } from "@/lib/audit/integrity";
import { ListCheckpoints } from "@/lib/audit/integrity-schema";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { readSearch, type Search } from "@/lib/http/page-query";
import { BundleCard } from "./bundle-card";
import { ByHand } from "./by-hand";
import { CheckpointsCard } from "./checkpoints-card";
import { HEAD } from "./head";
import { KeyCard } from "./key-card";
import { SealCard } from "./seal-card";
import { VerifyCard } from "./verify-card";

export const metadata: Metadata = { title: HEAD.title };

export default async function IntegrityPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageCtxWith("audit:read");
  const query = readSearch(ListCheckpoints, await searchParams);
  const [integrity, checkpoints, [newest]] = await Promise.all([
    getIntegrity(ctx),
    listCheckpoints(ctx, query),
    listCheckpoints(ctx, { limit: 1 }),
  ]);
  const { log, size, archived, keys } = integrity;
  const last = checkpoints.at(-1);
  return (
    <Page crumbs={HEAD.crumbs}>
      <PageHeader title={HEAD.title} sub={HEAD.sub} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          <VerifyCard log={log} size={size} first={archived} />
          <CheckpointsCard
            checkpoints={checkpoints}
            older={checkpoints.length === query.limit && last ? `/audit/integrity?before=${last.size}` : undefined}
            newest={query.before === undefined ? undefined : "/audit/integrity"}
          />
          <BundleCard log={log} />
        </div>
        <div className="grid min-w-0 gap-4">
          <SealCard integrity={integrity} newest={newest} />
          <KeyCard keys={keys} />
          <ByHand vkey={keys[0]?.vkey} />
        </div>
      </div>
    </Page>
  );
}
