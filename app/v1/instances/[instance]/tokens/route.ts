import { CredentialList } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";
import { InstanceId } from "@/lib/instances/schema";
import { listTokens } from "@/lib/tokens/queries";

export const GET = route(
  { summary: "List an instance's access tokens", params: InstanceId, query: CredentialList },
  (ctx, { params, query }) => listTokens(ctx, params.instance, query),
);
