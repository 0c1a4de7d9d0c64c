import "server-only";
import { findHolder } from "@/lib/auth/holder";
import type { Ctx } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { type SecretKind, secretKind } from "@/lib/kernel/secrets";
import { settleInvalidations } from "@/lib/kernel/settle";
import { type Answerer, answerer, json, oauthError, oauthRefusal } from "./answer";
import { readTokenForm } from "./form";

/** These open something too, but they are no tokens of a client. */
const UNSUPPORTED: (SecretKind | undefined)[] = ["app_secret", "pending_factor", "link"];

/** How a change says that somebody was first. */
const ENDED_MEANWHILE = ["conflict", "not_found", "credential_revoked"];

/**
 * Token revocation (RFC 7009). Whoever has the whole of a value may end what it opens; a value that opens nothing
 * is ended already.
 */
export const revocation = (end: (ctx: Ctx) => Promise<unknown>): Answerer =>
  answerer(async ({ headers, body, origin }) => {
    const { token } = readTokenForm({ headers, body });
    if (UNSUPPORTED.includes(secretKind(token))) {
      return oauthRefusal(400, "unsupported_token_type", "This is no token that can be revoked here.");
    }
    const holder = await findHolder(token, origin);
    if (holder) {
      await end(holder).catch((thrown: unknown) => {
        if (!(thrown instanceof AppError && ENDED_MEANWHILE.includes(thrown.code))) throw thrown;
      });
    } else if (secretKind(token)) {
      // Whoever has just ended it may still wait for that to have happened everywhere, and has not been answered.
      await settleInvalidations();
    }
    return json("{}");
  }, oauthError);
