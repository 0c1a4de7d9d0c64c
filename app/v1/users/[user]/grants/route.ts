import { listGrantsOfUser } from "@/lib/grants/queries";
import { ListGrants } from "@/lib/grants/schema";
import { route } from "@/lib/http/route";
import { UserId } from "@/lib/users/schema";

export const GET = route(
  { summary: "List a person's live logins", params: UserId, query: ListGrants },
  (ctx, { params, query }) => listGrantsOfUser(ctx, params.user, query),
);
