import { listVendorAudits } from "@/lib/audit/queries";
import { ListVendorAudits } from "@/lib/audit/vendor-schema";
import { route } from "@/lib/http/route";
import { InstanceId } from "@/lib/instances/schema";

export const GET = route(
  { summary: "List an instance's audits", params: InstanceId, query: ListVendorAudits },
  (ctx, { params, query }) => listVendorAudits(ctx, params.instance, query),
);
