import { AppId } from "@/lib/apps/schema";
import { CredentialList } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";
import { generateKey } from "@/lib/keys/commands";
import { listKeys } from "@/lib/keys/queries";
import { GenerateKey } from "@/lib/keys/schema";

export const GET = route(
  { summary: "List an app's API keys", params: AppId, query: CredentialList },
  (ctx, { params, query }) => listKeys(ctx, params.app, query),
);

export const POST = route(
  { summary: "Generate an API key", params: AppId, body: GenerateKey, status: 201, isIdempotent: true },
  (ctx, { params, body }) => generateKey(ctx, params.app, body),
);
