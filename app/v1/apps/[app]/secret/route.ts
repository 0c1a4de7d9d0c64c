import { rotateAppSecret } from "@/lib/apps/commands";
import { AppId } from "@/lib/apps/schema";
import { route } from "@/lib/http/route";
import { NoBody } from "@/lib/http/request";

export const POST = route(
  { summary: "Replace the app secret", params: AppId, body: NoBody, status: 201, isIdempotent: true },
  (ctx, { params }) => rotateAppSecret(ctx, params.app),
);
