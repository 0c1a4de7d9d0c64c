import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { confirmSecondFactor, removeSecondFactor, startSecondFactor } from "@/lib/second-factor/commands";
import { getSecondFactor } from "@/lib/second-factor/queries";
import { GiveCode, TurnOff } from "@/lib/second-factor/schema";
import { UserId } from "@/lib/users/schema";

const params = UserId;

export const GET = route({ summary: "Get a person's second factor", params }, (ctx, input) =>
  getSecondFactor(ctx, input.params.user),
);

export const POST = route(
  { summary: "Start to set up one's own second factor", params, body: NoBody, status: 201, isIdempotent: true },
  (ctx, input) => startSecondFactor(ctx, input.params.user),
);

export const PUT = route(
  { summary: "Turn on one's own second factor with its first code", params, body: GiveCode },
  (ctx, input) => confirmSecondFactor(ctx, input.params.user, input.body),
);

export const DELETE = route(
  { summary: "Turn off one's own second factor, or reset somebody else's", params, body: TurnOff },
  (ctx, input) => removeSecondFactor(ctx, input.params.user, input.body),
);
