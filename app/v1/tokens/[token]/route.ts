import { RevokeCredential } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";
import { changeToken, revokeToken } from "@/lib/tokens/commands";
import { getToken } from "@/lib/tokens/queries";
import { ChangeToken, TokenId, UpdateToken } from "@/lib/tokens/schema";

export const GET = route({ summary: "Get an access token", params: TokenId }, (ctx, { params }) =>
  getToken(ctx, params.token),
);

export const PUT = route(
  { summary: "Rename, restrict or renew an access token", params: TokenId, query: ChangeToken, body: UpdateToken },
  (ctx, { params, query, body }) => changeToken(ctx, params.token, query, body),
);

export const DELETE = route(
  { summary: "Revoke every version of an access token", params: TokenId, body: RevokeCredential },
  (ctx, { params, body }) => revokeToken(ctx, params.token, body),
);
