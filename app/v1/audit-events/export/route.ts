import { exportEvents } from "@/lib/audit/commands";
import { ExportEvents } from "@/lib/audit/schema";
import { download } from "@/lib/http/download";
import { route } from "@/lib/http/route";

export const GET = route(
  { summary: "Export audit events as CSV or JSON lines, oldest first", query: ExportEvents, isDownload: true },
  async (ctx, { query }) => download(await exportEvents(ctx, query)),
);
