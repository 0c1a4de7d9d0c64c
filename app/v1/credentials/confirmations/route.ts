import { confirmCredentials } from "@/lib/credentials/commands";
import { ConfirmCredentials } from "@/lib/credentials/schema";
import { route } from "@/lib/http/route";

export const POST = route(
  { summary: "Let credentials that came back with a backup work again", body: ConfirmCredentials, status: 201 },
  (ctx, { body }) => confirmCredentials(ctx, body),
);
