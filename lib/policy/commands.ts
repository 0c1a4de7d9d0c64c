import "server-only";
import type { Ctx, Standing } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { defined } from "@/lib/kernel/defined";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { shortenEnds } from "./ends";
import { policyOf } from "./record";
import type { Policy, UpdatePolicy } from "./schema";
import { contradictionsIn, type SecondFactor } from "./terms";

/**
 * Changes the rules of the organization; each acts from the next request on, also on what is open. Throws
 * `invalid_input` for values that do not fit together, and `conflict` for what would lock the caller out or change
 * nothing.
 */
export async function updatePolicy(ctx: Ctx, input: UpdatePolicy): Promise<Policy> {
  const { organizationId: id } = ctx;
  const act = {
    authority: "policy:update",
    action: "policy.updated",
    target: { id, name: "policy" },
    isSensitive: true,
    takesTurn: true,
  } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const before = policyOf(await tx.organization.findUniqueOrThrow({ where: { id } }));
    const after: Policy = { ...before, ...defined(input) };
    if (JSON.stringify(before) === JSON.stringify(after)) {
      throw new AppError("conflict", "These are the values already; nothing was changed.");
    }
    const errors = contradictionsIn(after);
    if (errors[0]) throw new AppError("invalid_input", `${errors[0].pointer} ${errors[0].detail}.`, { errors });
    if (after.secondFactor !== before.secondFactor) await requireOwnFactor(tx, ctx, standing, after.secondFactor);
    await tx.organization.update({ where: { id }, data: after });
    await shortenEnds(tx, ctx, [before, after]);
    return { result: after, audit: { action: "policy.updated", target: act.target, before, after } };
  });
}

/** Whoever asks others for a second factor has one: or their own next sign-in would be the first it stops. */
async function requireOwnFactor(
  tx: Tx,
  { organizationId }: Ctx,
  { principal }: Pick<Standing, "principal">,
  secondFactor: SecondFactor,
): Promise<void> {
  if (principal.kind !== "user" || secondFactor === "optional") return;
  const { totpConfirmedAt } = await tx.user.findUniqueOrThrow({
    where: { id: principal.id, organizationId },
    select: { totpConfirmedAt: true },
  });
  if (totpConfirmedAt) return;
  const detail = "asks you too, and you have no second factor yet: set one up under Your account, Security, first";
  throw new AppError("conflict", `The new rule ${detail}.`, { errors: [{ pointer: "/secondFactor", detail }] });
}
