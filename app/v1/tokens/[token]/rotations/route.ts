import { RotateCredential } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";
import { rotateToken } from "@/lib/tokens/rotation";
import { TokenId } from "@/lib/tokens/schema";

export const POST = route(
  { summary: "Rotate an access token", params: TokenId, body: RotateCredential, status: 201, isIdempotent: true },
  (ctx, { params, body }) => rotateToken(ctx, params.token, body),
);
