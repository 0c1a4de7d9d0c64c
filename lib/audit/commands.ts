import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { mutate } from "@/lib/kernel/mutate";
import { SECRET_PATTERN } from "@/lib/kernel/secrets";
import { linesOf } from "./export";
import { matchEvents, totalOf } from "./find/match";
import { type ExportEvents, filterAt } from "./schema";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl" };

/** Everything that fits the filter, as a file. Who takes a copy of the trail is in the trail before its first line leaves. */
export async function exportEvents(ctx: Ctx, { format, ...filter }: ExportEvents) {
  // People paste into a search field what they look for: also a credential.
  const shown = Object.entries(filter).map(([key, value]) =>
    `${key}=${String(value)}`.replace(SECRET_PATTERN, "[secret]"),
  );
  const act = { authority: "audit:read", action: "trail.exported" } as const;
  const { now } = await mutate(ctx, act, (_tx, at) =>
    Promise.resolve({
      result: { now: at },
      audit: { action: act.action, target: { id: null, name: "trail" }, after: { format, filter: shown } },
    }),
  );
  const match = await matchEvents(ctx.organizationId, filterAt(filter, now));
  return {
    fileName: `trail-${now.toISOString().slice(0, 10)}.${format}`,
    type: TYPES[format],
    ...(!match.loosely && { total: await totalOf(match) }),
    parts: linesOf(match, format),
  };
}
