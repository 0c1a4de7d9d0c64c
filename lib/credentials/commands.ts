import "server-only";
import { refuse, requireHeld } from "@/lib/kernel/authority";
import type { Action } from "@/lib/kernel/actions";
import type { Ctx } from "@/lib/kernel/ctx";
import { notFound } from "@/lib/kernel/errors";
import type { AuditEntry } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { KEY } from "@/lib/keys/record";
import { TOKEN } from "@/lib/tokens/record";
import { revoke } from "./revoke";
import type { ConfirmCredentials } from "./schema";
import { placeOf } from "./subject";

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

const confirmation = (
  row: Parameters<typeof placeOf>[0] & { kind: "api_key" | "access_token" },
): AuditEntry<Action> => ({
  action: row.kind === "api_key" ? "key.confirmed" : "token.confirmed",
  ...placeOf(row),
  before: { status: "restored" },
  after: { status: "confirmed" },
});

/**
 * Lets keys and tokens that came back with a backup work again: all that are named, or none. Throws `not_found` when
 * one of them does not wait for it.
 */
export async function confirmCredentials(
  ctx: Ctx,
  { credentials }: ConfirmCredentials,
): Promise<{ confirmed: number }> {
  const act = { authority: "tokens:update", action: "token.confirmed", isSensitive: true, takesTurn: true } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    requireHeld(standing, "keys:update");
    const ids = [...new Set(credentials)];
    const where = {
      id: { in: ids },
      organizationId: ctx.organizationId,
      quarantinedAt: { not: null },
      revokedAt: null,
    };
    const rows = await tx.credential.findMany({ where, orderBy: { id: "asc" } });
    const changed = await tx.credential.updateMany({ where, data: { quarantinedAt: null } });
    if (rows.length !== ids.length || changed.count !== ids.length)
      throw notFound("credential that waits to be confirmed");
    const [first, ...others] = rows.map(confirmation);
    if (!first) throw new Error("Somebody confirmed nothing.");
    return { result: { confirmed: ids.length }, audit: [first, ...others] };
  });
}
