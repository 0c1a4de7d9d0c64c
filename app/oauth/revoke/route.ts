import { endSession } from "@/lib/auth/sessions";
import { revokePresentedCredential } from "@/lib/credentials/commands";
import { revokePresentedGrant } from "@/lib/grants/commands";
import { handler } from "@/lib/http/verification/handler";
import { revocation } from "@/lib/http/verification/revoke";
import type { Ctx } from "@/lib/kernel/ctx";
import { TokenForm } from "@/lib/verification/schema";

function end(ctx: Ctx): Promise<unknown> {
  const { principal } = ctx;
  if (principal.kind === "user") return endSession({ ...ctx, principal }, "revoked by its own value");
  return principal.kind === "login_token" ? revokePresentedGrant(ctx) : revokePresentedCredential(ctx);
}

export const POST = handler(
  { summary: "End what a token opens (RFC 7009)", auth: "none", body: TokenForm, isForm: true },
  revocation(end),
);
