import { centers } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";
import { listCenters } from "@/lib/instances/queries";
import { ListCenters } from "@/lib/instances/schema";

export const GET = route({ summary: "List centers", query: ListCenters, envelope: centers }, (ctx, { query }) =>
  listCenters(ctx, query),
);
