import { RotateCredential } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";
import { rotateKey } from "@/lib/keys/rotation";
import { KeyId } from "@/lib/keys/schema";

export const POST = route(
  { summary: "Rotate an API key", params: KeyId, body: RotateCredential, status: 201, isIdempotent: true },
  (ctx, { params, body }) => rotateKey(ctx, params.key, body),
);
