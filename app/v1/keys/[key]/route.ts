import { RevokeCredential } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";
import { revokeKey, updateKey } from "@/lib/keys/commands";
import { getKey } from "@/lib/keys/queries";
import { KeyId, UpdateKey } from "@/lib/keys/schema";

export const GET = route({ summary: "Get an API key", params: KeyId }, (ctx, { params }) => getKey(ctx, params.key));

export const PATCH = route(
  { summary: "Rename, restrict, disable or enable an API key", params: KeyId, body: UpdateKey },
  (ctx, { params, body }) => updateKey(ctx, params.key, body),
);

export const DELETE = route(
  { summary: "Revoke every version of an API key", params: KeyId, body: RevokeCredential },
  (ctx, { params, body }) => revokeKey(ctx, params.key, body),
);
