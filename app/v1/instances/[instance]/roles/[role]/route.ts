import { route } from "@/lib/http/route";
import { InstanceId } from "@/lib/instances/schema";
import { getInstanceRole } from "@/lib/roles/queries";
import { RoleId } from "@/lib/roles/schema";

export const GET = route(
  { summary: "Get a role of an instance", params: InstanceId.extend(RoleId.shape) },
  (ctx, { params }) => getInstanceRole(ctx, params.instance, params.role),
);
