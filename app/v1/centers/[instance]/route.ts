import { centers } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";
import { getCenter } from "@/lib/instances/queries";
import { InstanceId } from "@/lib/instances/schema";

export const GET = route({ summary: "Get a center", params: InstanceId, envelope: centers }, (ctx, { params }) =>
  getCenter(ctx, params.instance),
);
