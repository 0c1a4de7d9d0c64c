import { AppId } from "@/lib/apps/schema";
import { listGrants } from "@/lib/grants/queries";
import { ListGrants } from "@/lib/grants/schema";
import { route } from "@/lib/http/route";

export const GET = route(
  { summary: "List the live logins through an app", params: AppId, query: ListGrants },
  (ctx, { params, query }) => listGrants(ctx, params.app, query),
);
