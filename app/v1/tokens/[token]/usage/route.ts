import { NoQuery } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { TokenId } from "@/lib/tokens/schema";
import { getTokenUsage } from "@/lib/usage/queries";

export const GET = route(
  { summary: "Get how an access token was used in the last 30 days", params: TokenId, query: NoQuery },
  (ctx, { params }) => getTokenUsage(ctx, params.token),
);
