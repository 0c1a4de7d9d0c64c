import { route } from "@/lib/http/route";
import { endOtherSessions } from "@/lib/sessions/commands";
import { listSessions } from "@/lib/sessions/queries";
import { ListSessions } from "@/lib/sessions/schema";

export const GET = route({ summary: "List your sessions, or a user's", query: ListSessions }, (ctx, { query }) =>
  listSessions(ctx, query),
);

export const DELETE = route({ summary: "End all your other sessions" }, (ctx) => endOtherSessions(ctx));
