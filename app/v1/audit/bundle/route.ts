import { exportBundle } from "@/lib/audit/commands";
import { ExportBundle } from "@/lib/audit/integrity-schema";
import { download } from "@/lib/http/download";
import { route } from "@/lib/http/route";

export const GET = route(
  { summary: "Export events of the trail with what proves them", query: ExportBundle, isDownload: true },
  async (ctx, { query }) => download(await exportBundle(ctx, query)),
);
