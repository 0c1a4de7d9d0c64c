import { route } from "@/lib/http/route";
import { rotateKey } from "@/lib/keys/rotation";
import { KeyId, RotateKey } from "@/lib/keys/schema";

export const POST = route(
  { summary: "Rotate an API key", params: KeyId, body: RotateKey, status: 201, isIdempotent: true },
  (ctx, { params, body }) => rotateKey(ctx, params.key, body),
);
