import "server-only";
import type { Snapshot } from "@/lib/kernel/actions";
import { refuse } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { mutate, requireAct } from "@/lib/kernel/mutate";
import { masked } from "@/lib/kernel/secrets";
import { makeBundle } from "./bundle/make";
import { linesOf } from "./export";
import { matchEvents, totalOf } from "./find/match";
import type { ExportBundle, ReportVerification } from "./integrity-schema";
import { listEventIds } from "./queries";
import { type ExportEvents, filterAt } from "./schema";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl" };

/** Everything that fits the filter, as a file. */
export async function exportEvents(ctx: Ctx, { format, ...filter }: ExportEvents) {
  const { now } = await recordExport(ctx, { format, filter: wordsOf(filter) });
  const match = await matchEvents(ctx.organizationId, filterAt(filter, now));
  return {
    fileName: `trail-${now.toISOString().slice(0, 10)}.${format}`,
    type: TYPES[format],
    ...(!match.loosely && { total: await totalOf(match) }),
    parts: linesOf(match, format),
  };
}

/**
 * A bundle of the organization's trail: all of it, a range of places, or the events that match. Throws what
 * `makeBundle` throws.
 */
export async function exportBundle(ctx: Ctx, { fromSeq, toSeq, ...query }: ExportBundle) {
  await requireAct(ctx, exportOf(ctx));
  const words = wordsOf(query);
  const filter = words === null ? undefined : { ids: listEventIds(ctx, query), words };
  const bundle = await makeBundle(ctx.organizationId, { from: fromSeq, to: toSeq, filter });
  const { events, from, to } = bundle;
  const taken = { format: "bundle", events, range: `${from}–${to}`, filter: words };
  const { now, accountName } = await recordExport(ctx, taken);
  const day = now.toISOString().slice(0, 10);
  return {
    fileName: `latchkey-${accountName}-${from}-${to}${filter ? "-filtered" : ""}-${day}.zip`,
    type: "application/zip",
    parts: bundle.stream(),
  };
}

/** Who takes a copy of the trail is in the trail before the first byte of it leaves. */
function recordExport(ctx: Ctx, after: Snapshot<"trail.exported">) {
  const act = exportOf(ctx);
  return mutate(ctx, act, async (tx, now) => {
    const { accountName } = await tx.organization.findUniqueOrThrow({ where: { id: ctx.organizationId } });
    return { result: { now, accountName }, audit: { action: act.action, target: act.target, after } };
  });
}

/** The filters that were given; null without any. People paste into a search field what they look for: also a credential. */
function wordsOf(filter: object): Record<string, unknown> | null {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return given.length > 0 ? (masked(Object.fromEntries(given)) as Record<string, unknown>) : null;
}

/** That somebody verified the trail up to a size, with what result: who looked stands on the trail, too. */
export async function reportVerification(ctx: Ctx, verification: ReportVerification) {
  if (ctx.principal.kind !== "user") return refuse(ctx, "audit", "Only a person says what a verification came to.");
  const target = trailOf(ctx);
  const act = { authority: "audit:read", action: "trail.verified", target } as const;
  return mutate(ctx, act, async (tx) => {
    const log = await tx.auditLog.findUnique({ where: { logId: ctx.organizationId } });
    if (!verification.bundle && verification.size > (log?.size ?? 0n)) {
      const errors = [{ pointer: "/size", detail: "is more than the trail has" }];
      throw new AppError("invalid_input", "/size is more than the trail has.", { errors });
    }
    return { result: verification, audit: { action: act.action, target, after: verification } };
  });
}

const exportOf = (ctx: Ctx) => ({ authority: "audit:read", action: "trail.exported", target: trailOf(ctx) }) as const;

const trailOf = ({ organizationId }: Ctx) => ({ id: organizationId, name: "trail" });
