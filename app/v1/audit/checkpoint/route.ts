import { getCheckpoint } from "@/lib/audit/queries";
import { FindCheckpoint } from "@/lib/audit/schema";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "Get a signed checkpoint of the trail", query: FindCheckpoint }, (ctx, { query }) =>
  getCheckpoint(ctx, query),
);
