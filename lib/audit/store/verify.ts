import "server-only";
import { originOf } from "@/lib/audit/checkpoint";
import { type Hash, hashLeaf } from "@/lib/audit/merkle";
import { parseVkey } from "@/lib/audit/note";
import { foreignKeys, listKeys } from "@/lib/audit/signing-key";
import { type Tile, edgeOf, growTiles, newestOf } from "@/lib/audit/tiles";
import { Findings } from "@/lib/audit/verify/findings";
import { Prefix } from "@/lib/audit/verify/prefix";
import { db } from "@/lib/kernel/db";
import type { AuditLog } from "@/prisma/generated/client";
import { checkArchives } from "./archives";
import { checkpointsOf, compareRoots } from "./checkpoints";
import { differenceOf, readLeaves } from "./leaves";
import { compareTiles, readHashes } from "./tiles";

/** Of eight tiles of leaves. */
const AT_ONCE = 2_048;

export interface StoreReport {
  logs: number;
  events: number;
  archived: number;
  checkpoints: number;
  findings: Findings;
}

/**
 * Checks the trail where it lives: every record comes out of its event's columns again, every hash out of its
 * record, every tile out of the hashes, and every signed root out of the tiles. `onProgress` hears how many events
 * are done. A trail that somebody shortened together with what was signed of it looks whole here: that only
 * checkpoints outside the database can tell.
 */
export async function verifyStore(onProgress: (events: number) => void = () => undefined): Promise<StoreReport> {
  const report: StoreReport = { logs: 0, events: 0, archived: 0, checkpoints: 0, findings: new Findings() };
  for (const { id } of await foreignKeys()) {
    const known = "believe it only if that was replaced, and what it signed was compared outside";
    report.findings.warnings.push(`key ${id}: is not of this secret key; ${known}.`);
  }
  for (const log of await db().auditLog.findMany({ orderBy: { logId: "asc" } })) {
    report.logs++;
    await verifyLog(log, report, onProgress);
  }
  const [lost] = await db().$queryRaw<{ count: number }[]>`
    select count(*)::float8 as count from audit_event e
    where not exists (select from audit_leaf l where l.event_id = e.id)
      and not exists (select from audit_pending p where p.position = e.position)`;
  if (lost?.count) report.findings.fail("audit_event", `${lost.count} events are in no log and wait for none`);
  const [gone] = await db().$queryRaw<{ count: number }[]>`
    select count(*)::float8 as count from audit_pending p
    where not exists (select from audit_event e where e.position = p.position)`;
  if (gone?.count)
    report.findings.fail("audit_pending", `${gone.count} events wait for a log and are not there any more`);
  return report;
}

async function verifyLog({ logId, size: head }: AuditLog, report: StoreReport, onProgress: (events: number) => void) {
  const { findings } = report;
  const size = Number(head);
  const keys = (await listKeys()).map(({ vkey }) => parseVkey(vkey));
  const prefix = new Prefix();
  let edge: Tile[] = [];
  for (let from = 0; from < size; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, size);
    const leaves = await hashLeaves(logId, [from, to], report);
    const grown = growTiles(from, edge, leaves);
    await compareTiles(logId, grown, to === size, findings);
    const open = new Set(edgeOf(to).map(({ level, index }) => `${level} ${index}`));
    edge = newestOf(edge, grown).filter(({ level, index }) => open.has(`${level} ${index}`));

    const checkpoints = await checkpointsOf(logId, [from, to]);
    report.checkpoints += checkpoints.length;
    compareRoots(checkpoints, { prefix, leaves, keys, origin: (epoch) => originOf(logId, epoch) }, findings);
    onProgress(report.events);
  }
  await checkArchives(logId, size, findings);
  const last = await db().auditCheckpoint.findFirst({ where: { logId }, orderBy: { size: "desc" } });
  if (Number(last?.size ?? 0) !== size) {
    findings.fail(`log ${logId}`, `has ${size} events, and the last checkpoint is of ${Number(last?.size ?? 0)}`);
  }
}

/** The hashes of the records; of archived events, which have none here, those of the tiles. */
async function hashLeaves(logId: string, [from, to]: readonly [number, number], report: StoreReport): Promise<Hash[]> {
  const rows = await readLeaves(logId, [from, to]);
  const archive = await db().auditArchive.findFirst({ where: { logId }, orderBy: { toSeq: "desc" } });
  const stored = rows.size === to - from ? undefined : await readHashes(logId, [from, to]);
  return Array.from({ length: to - from }, (_, at) => {
    const seq = from + at;
    const row = rows.get(seq);
    const place = { file: `log ${logId}`, seq };
    if (row) {
      report.events++;
      const difference = differenceOf(logId, row);
      if (difference) report.findings.fail(place, difference);
      return hashLeaf(row.record);
    }
    if (seq < Number(archive?.toSeq ?? 0)) report.archived++;
    else report.findings.fail(place, "has no record, and is in no archive");
    return stored?.(seq) ?? new Uint8Array(32);
  });
}
