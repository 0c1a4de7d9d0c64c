import { route } from "@/lib/http/route";
import { updateInstance } from "@/lib/instances/commands";
import { getInstance } from "@/lib/instances/queries";
import { InstanceId, UpdateInstance } from "@/lib/instances/schema";

export const GET = route({ summary: "Get an instance", params: InstanceId }, (ctx, { params }) =>
  getInstance(ctx, params.instance),
);

export const PUT = route(
  { summary: "Change an instance", params: InstanceId, body: UpdateInstance },
  (ctx, { params, body }) => updateInstance(ctx, params.instance, body),
);
