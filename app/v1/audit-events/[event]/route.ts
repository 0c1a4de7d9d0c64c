import { getEvent } from "@/lib/audit/queries";
import { EventId } from "@/lib/audit/schema";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "Get an audit event", params: EventId }, (ctx, { params }) =>
  getEvent(ctx, params.event),
);
