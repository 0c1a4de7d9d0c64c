import { exportBundle } from "@/lib/audit/bundles";
import { ExportBundle } from "@/lib/audit/integrity-schema";
import { fileAnswer } from "@/lib/http/file";
import { route } from "@/lib/http/route";

export const GET = route(
  { summary: "Export events of the trail with what proves them", query: ExportBundle, isDownload: true },
  async (ctx, { query }) => fileAnswer(await exportBundle(ctx, query)),
);
