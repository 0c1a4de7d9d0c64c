import { revokeGrant } from "@/lib/grants/commands";
import { AppGrant } from "@/lib/grants/schema";
import { route } from "@/lib/http/route";

export const DELETE = route({ summary: "End a login through an app", params: AppGrant }, (ctx, { params }) =>
  revokeGrant(ctx, params.app, params.grant),
);
