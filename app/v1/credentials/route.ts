import { route } from "@/lib/http/route";
import { listCredentials } from "@/lib/overview/queries";
import { ListCredentials } from "@/lib/overview/schema";

export const GET = route(
  { summary: "List the API keys and access tokens you may see", query: ListCredentials },
  (ctx, { query }) => listCredentials(ctx, query),
);
