import { ExtendRotation } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";
import { extendRotation, rollBackRotation } from "@/lib/keys/rotation";
import { KeyId } from "@/lib/keys/schema";

export const PATCH = route(
  { summary: "Extend or finish a rotation", params: KeyId, body: ExtendRotation },
  (ctx, { params, body }) => extendRotation(ctx, params.key, body),
);

export const DELETE = route({ summary: "Roll a rotation back", params: KeyId }, (ctx, { params }) =>
  rollBackRotation(ctx, params.key),
);
