import { route } from "@/lib/http/route";
import { InstanceId } from "@/lib/instances/schema";
import { VendorPage } from "@/lib/kernel/list-query";
import { listInstancePeople } from "@/lib/roles/queries";

export const GET = route(
  { summary: "List an instance's people with their roles", params: InstanceId, query: VendorPage },
  (ctx, { params, query }) => listInstancePeople(ctx, params.instance, query),
);
