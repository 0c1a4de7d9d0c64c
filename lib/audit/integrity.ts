import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { fingerprintOf, noteKey, vkeyOf } from "./note";
import { checkpointRecord } from "./record";
import type { Integrity, ListCheckpoints, SinkRecord, StatedCheckpoint } from "./integrity-schema";

/** How the organization's trail is sealed at this moment. */
export async function getIntegrity(ctx: Ctx): Promise<Integrity> {
  await requirePermission(ctx, "audit:read");
  const logId = ctx.organizationId;
  const [head, waiting, keys, archive, sinks] = await Promise.all([
    db().auditLog.findUnique({ where: { logId } }),
    db().auditPending.count({ where: { logId } }),
    db().auditKey.findMany({ orderBy: { generation: "desc" } }),
    db().auditArchive.findFirst({ where: { logId }, orderBy: { toSeq: "desc" } }),
    listSinks(logId),
  ]);
  return {
    log: logId,
    size: Number(head?.size ?? 0),
    epoch: head?.epoch ?? 1,
    waiting,
    archived: Number(archive?.toSeq ?? 0),
    keys: keys.map(({ publicKey, endorsement, generation, createdAt }) => ({
      vkey: vkeyOf(noteKey(publicKey)),
      fingerprint: fingerprintOf(publicKey),
      since: createdAt.toISOString(),
      isEndorsed: endorsement !== null || generation === 1,
    })),
    sinks,
  };
}

/** What each place outside the database was told of this log. Where exactly it is, is the operators' matter. */
async function listSinks(logId: string): Promise<SinkRecord[]> {
  const rows = await db().$queryRaw<{ name: string; behind: number; toldAt: Date | null; toldSize: number | null }[]>`
    select s.name,
      (select count(*)::float8 from (
        select 1 from audit_checkpoint c where c.log_id = ${logId} and c.position > s.position limit 1000) b) as behind,
      told.signed_at as "toldAt", told.size::float8 as "toldSize"
    from audit_sink s left join lateral (
      select c.signed_at, c.size from audit_checkpoint c
      where c.log_id = ${logId} and c.position <= s.position order by c.epoch desc, c.size desc limit 1) told on true
    order by s.name`;
  return rows.map(({ name, behind, toldAt, toldSize }) => {
    const [kind = "", where = ""] = name.split(" ");
    const place = kind === "url" ? new URL(where).host : where;
    return { kind, place, behind, toldAt: toldAt?.toISOString() ?? null, toldSize };
  });
}

/** What was signed, the newest first. */
export async function listCheckpoints(ctx: Ctx, { before, limit }: ListCheckpoints): Promise<StatedCheckpoint[]> {
  await requirePermission(ctx, "audit:read");
  const rows = await db().auditCheckpoint.findMany({
    where: { logId: ctx.organizationId, ...(before !== undefined && { size: { lt: before } }) },
    orderBy: [{ epoch: "desc" }, { size: "desc" }],
    take: limit,
  });
  return rows.map(checkpointRecord);
}
