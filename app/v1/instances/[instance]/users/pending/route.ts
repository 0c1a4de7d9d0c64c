import { route } from "@/lib/http/route";
import { InstanceId } from "@/lib/instances/schema";
import { listPending } from "@/lib/invites/queries";

export const GET = route({ summary: "List the open invitations to an instance", params: InstanceId }, (ctx, input) =>
  listPending(ctx, input.params.instance),
);
