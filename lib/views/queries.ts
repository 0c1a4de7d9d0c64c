import "server-only";
import { requirePermission, requirePerson } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { type Page, wholeList } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { viewRecord } from "./record";
import type { ViewRecord } from "./schema";

/** The caller's own views and those that others share, by name. */
export async function listViews(ctx: Ctx): Promise<Page<ViewRecord>> {
  const { id } = await requirePerson(ctx);
  await requirePermission(ctx, "audit:read");
  const rows = await db().auditView.findMany({
    where: { organizationId: ctx.organizationId, OR: [{ userId: id }, { isShared: true }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return wholeList(rows.map(viewRecord));
}
