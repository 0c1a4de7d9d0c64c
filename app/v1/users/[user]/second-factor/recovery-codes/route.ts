import { route } from "@/lib/http/route";
import { renewRecoveryCodes } from "@/lib/second-factor/commands";
import { GiveCode } from "@/lib/second-factor/schema";
import { UserId } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Replace one's own recovery codes",
    params: UserId,
    body: GiveCode,
    status: 201,
    isIdempotent: true,
  },
  (ctx, { params, body }) => renewRecoveryCodes(ctx, params.user, body),
);
