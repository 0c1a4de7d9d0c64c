import { revokeOwnGrants } from "@/lib/grants/commands";
import { RevokeGrants } from "@/lib/grants/schema";
import { loginTokens } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";

export const DELETE = route(
  { summary: "End the logins of the person behind the presented token", query: RevokeGrants, envelope: loginTokens },
  (ctx, { query }) => revokeOwnGrants(ctx, query.device_id),
);
