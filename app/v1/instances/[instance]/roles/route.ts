import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { InstanceId } from "@/lib/instances/schema";
import { restoreBaseRoles } from "@/lib/roles/commands";
import { listInstanceRoles } from "@/lib/roles/queries";
import { ListInstanceRoles } from "@/lib/roles/schema";

export const GET = route(
  { summary: "List an instance's roles", params: InstanceId, query: ListInstanceRoles },
  (ctx, { params, query }) => listInstanceRoles(ctx, params.instance, query),
);

export const POST = route(
  {
    summary: "Create the base roles an instance lacks",
    params: InstanceId,
    body: NoBody,
    status: 201,
    isIdempotent: true,
  },
  (ctx, { params }) => restoreBaseRoles(ctx, params.instance),
);
