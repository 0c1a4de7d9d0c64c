import { NoQuery } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { KeyId } from "@/lib/keys/schema";
import { getKeyUsage } from "@/lib/usage/queries";

export const GET = route(
  { summary: "Get how an API key was used in the last 30 days", params: KeyId, query: NoQuery },
  (ctx, input) => getKeyUsage(ctx, input.params.key),
);
