import { route } from "@/lib/http/route";
import { endOneSession } from "@/lib/sessions/commands";
import { SessionId } from "@/lib/sessions/schema";

export const DELETE = route({ summary: "End a session", params: SessionId }, (ctx, { params }) =>
  endOneSession(ctx, params.session),
);
