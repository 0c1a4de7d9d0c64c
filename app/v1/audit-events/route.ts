import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { route } from "@/lib/http/route";
import { reportEvents } from "@/lib/reported-events/commands";
import { ReportEvents } from "@/lib/reported-events/schema";

export const GET = route({ summary: "List audit events", query: ListEvents }, (ctx, { query }) =>
  listEvents(ctx, query),
);

export const POST = route(
  {
    summary:
      "Report what credentials did at an API: one event or up to 1,000. An id is stored once, until its event is archived",
    body: ReportEvents,
    status: 201,
  },
  (ctx, { body }) => reportEvents(ctx, body),
);
