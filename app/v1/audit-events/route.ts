import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "List audit events", query: ListEvents }, (ctx, { query }) =>
  listEvents(ctx, query),
);
