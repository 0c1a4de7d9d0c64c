import { ExtendRotation } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";
import { extendTokenRotation, rollBackTokenRotation } from "@/lib/tokens/rotation";
import { TokenId } from "@/lib/tokens/schema";

export const PATCH = route(
  { summary: "Extend or finish a token's rotation", params: TokenId, body: ExtendRotation },
  (ctx, { params, body }) => extendTokenRotation(ctx, params.token, body),
);

export const DELETE = route({ summary: "Roll a token's rotation back", params: TokenId }, (ctx, { params }) =>
  rollBackTokenRotation(ctx, params.token),
);
