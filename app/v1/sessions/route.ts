import { route } from "@/lib/http/route";
import { endSessions } from "@/lib/sessions/commands";
import { listSessions } from "@/lib/sessions/queries";
import { EndSessions, ListSessions } from "@/lib/sessions/schema";

export const GET = route({ summary: "List your sessions, or a user's", query: ListSessions }, (ctx, { query }) =>
  listSessions(ctx, query),
);

export const DELETE = route(
  { summary: "End all your other sessions, or every one of a user", query: EndSessions },
  (ctx, { query }) => endSessions(ctx, query),
);
