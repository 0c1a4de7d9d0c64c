import { route } from "@/lib/http/route";
import { InstanceId } from "@/lib/instances/schema";
import { listInstancePeople } from "@/lib/roles/queries";

export const GET = route({ summary: "List an instance's people with their roles", params: InstanceId }, (ctx, input) =>
  listInstancePeople(ctx, input.params.instance),
);
