import { NoQuery } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { getUsage } from "@/lib/usage/queries";

export const GET = route(
  { summary: "Get how all readable credentials were used in the last 30 days", query: NoQuery },
  (ctx) => getUsage(ctx),
);
