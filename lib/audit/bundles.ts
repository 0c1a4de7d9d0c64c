import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { refuse, requirePermission } from "@/lib/kernel/authority";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { makeBundle } from "./bundle/make";
import { listEventIds } from "./queries";
import type { ExportBundle, ReportVerification } from "./integrity-schema";

/**
 * A bundle of the organization's trail: all of it, a range of places, or the events that match. Recorded before the
 * first byte of it is read. Throws what `makeBundle` throws.
 */
export async function exportBundle(ctx: Ctx, { fromSeq, toSeq, ...query }: ExportBundle) {
  await requirePermission(ctx, "audit:read");
  const words = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
  const filter = Object.keys(words).length > 0 ? { ids: listEventIds(ctx, query), words } : undefined;
  const bundle = await makeBundle(ctx.organizationId, { from: fromSeq, to: toSeq, filter });
  const { events, from, to } = bundle;
  const target = { id: ctx.organizationId, name: "trail" };
  const act = { authority: "audit:read", action: "trail.exported", target } as const;
  const { accountName } = await mutate(ctx, act, async (tx) => {
    const { accountName } = await tx.organization.findUniqueOrThrow({ where: { id: ctx.organizationId } });
    const after = { format: "bundle", events, range: `${from}–${to}`, filter: filter ? words : null };
    return { result: { accountName }, audit: { action: act.action, target, after } };
  });
  const day = ctx.now.toISOString().slice(0, 10);
  const name = `latchkey-${accountName}-${from}-${to}${filter ? "-filtered" : ""}-${day}.zip`;
  return { name, type: "application/zip", stream: bundle.stream() };
}

/** That somebody verified the trail up to a size, with what result: who looked stands on the trail, too. */
export async function reportVerification(ctx: Ctx, { size, from, result }: ReportVerification) {
  if (ctx.principal.kind !== "user") return refuse(ctx, "audit", "Only a person says what a verification came to.");
  const target = { id: ctx.organizationId, name: "trail" };
  const act = { authority: "audit:read", action: "trail.verified", target } as const;
  return mutate(ctx, act, async (tx) => {
    const log = await tx.auditLog.findUnique({ where: { logId: ctx.organizationId } });
    if (size > (log?.size ?? 0n)) {
      const errors = [{ pointer: "/size", detail: "is more than the trail has" }];
      throw new AppError("invalid_input", "/size is more than the trail has.", { errors });
    }
    return { result: { size, from, result }, audit: { action: act.action, target, after: { size, from, result } } };
  });
}
