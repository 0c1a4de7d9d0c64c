import { route } from "@/lib/http/route";
import { saveView } from "@/lib/views/commands";
import { listViews } from "@/lib/views/queries";
import { SaveView } from "@/lib/views/schema";

export const GET = route({ summary: "List the saved views of the audit trail" }, (ctx) => listViews(ctx));

export const POST = route(
  { summary: "Save a view of the audit trail", body: SaveView, status: 201, isIdempotent: true },
  (ctx, { body }) => saveView(ctx, body),
);
