import { getVendorAudit } from "@/lib/audit/queries";
import { EventId } from "@/lib/audit/schema";
import { route } from "@/lib/http/route";
import { InstanceId } from "@/lib/instances/schema";

export const GET = route(
  { summary: "Get an instance's audit", params: InstanceId.extend(EventId.shape) },
  (ctx, { params }) => getVendorAudit(ctx, params.instance, params.event),
);
