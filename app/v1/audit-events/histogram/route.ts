import { countEvents } from "@/lib/audit/queries";
import { FilterEvents } from "@/lib/audit/schema";
import { route } from "@/lib/http/route";

export const GET = route(
  { summary: "Count audit events over their time range", query: FilterEvents },
  (ctx, { query }) => countEvents(ctx, query),
);
