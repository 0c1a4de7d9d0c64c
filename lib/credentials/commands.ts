import "server-only";
import { refuse } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { KEY } from "@/lib/keys/record";
import { TOKEN } from "@/lib/tokens/record";
import { revoke } from "./revoke";

/** The presented key or token revokes itself. */
export async function revokePresentedCredential(ctx: Ctx) {
  const { principal } = ctx;
  const { id, kind } = principal;
  const own = { authority: "own", isSensitive: false } as const;
  const reason = { reason: "revoked by itself" };
  switch (kind) {
    case "api_key":
      return revoke(ctx, { ...KEY, id }, reason, { ...own, target: principal });
    case "access_token":
      return revoke(ctx, { ...TOKEN, id }, reason, { ...own, target: principal });
    case "user":
    case "login_token":
    case "system":
      return refuse(ctx, "keys", "Only a key or token revokes itself; a session ends by signing out.");
  }
}
