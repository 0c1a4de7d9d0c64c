import "server-only";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, openAsBlob } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { archivesDirectory } from "@/lib/audit/archive-file";
import type { Findings } from "@/lib/audit/verify/findings";
import { linesOf } from "@/lib/audit/verify/lines";
import { openBundle } from "@/lib/audit/verify/zip";
import { db } from "@/lib/kernel/db";
import type { AuditArchive } from "@/prisma/generated/client";

/** What the row of an archive and the event of its archiving must have in common. */
interface Told {
  range: string;
  sha256: string;
}

const ACTION = "trail.archived";

/**
 * Whoever can write a row could have events leave for an archive that nobody made. So the archives follow each other
 * without a gap, and an event of the log tells of each: one that is there, or one in a later archive. A file that is
 * on this machine must be what its row and event say.
 */
export async function checkArchives(logId: string, size: number, findings: Findings): Promise<void> {
  const rows = await db().auditArchive.findMany({ where: { logId }, orderBy: { fromSeq: "asc" } });
  let end = 0;
  for (const row of rows) {
    const [from, to] = [Number(row.fromSeq), Number(row.toSeq)];
    if (from !== end || to <= from || to > size) findings.fail(nameOf(row), "does not follow what was archived before");
    end = to;
  }
  const told = await toldHere(logId, findings);
  let areLaterRead = true;
  for (const row of rows.toReversed()) {
    const { range, sha256 } = toldBy(row);
    if (!told.some((each) => each.range === range && each.sha256 === sha256)) {
      if (areLaterRead) findings.fail(nameOf(row), "no event of the log tells of it: its events were deleted");
      else findings.warnings.push(`${nameOf(row)}: what tells of it is in an archive that is not on this machine.`);
    }
    const inside = await toldInside(row, findings);
    areLaterRead &&= inside !== undefined;
    told.push(...(inside ?? []));
  }
}

const nameOf = ({ logId, ...row }: AuditArchive) => `log ${logId}, archive ${toldBy({ logId, ...row }).range}`;
const toldBy = ({ fromSeq, toSeq, sha256 }: AuditArchive): Told => ({
  range: `${fromSeq}–${toSeq}`,
  sha256: Buffer.from(sha256).toString("hex"),
});

/** By events that are in the database. What others report is no word of the server's. */
async function toldHere(logId: string, findings: Findings): Promise<Told[]> {
  const events = await db().$queryRaw<{ after: Told | null; isSealed: boolean }[]>`
    select e.after, l.seq is not null as "isSealed"
    from audit_event e left join audit_leaf l on l.event_id = e.id
    where e.organization_id = ${logId} and e.action = ${ACTION} and e.reported_by is null`;
  for (const { after, isSealed } of events) {
    if (!isSealed) findings.warnings.push(`log ${logId}, archive ${after?.range}: its event waits to be sealed.`);
  }
  return events.flatMap(({ after }) => (after ? [after] : []));
}

/** By events that are in the archive; undefined when it cannot be read here. */
async function toldInside(row: AuditArchive, findings: Findings): Promise<Told[] | undefined> {
  const file = path.join(archivesDirectory(), path.basename(row.file));
  if (!existsSync(file)) {
    findings.warnings.push(`${nameOf(row)}: ${path.basename(row.file)} is not on this machine and was not read.`);
    return undefined;
  }
  return findings.attemptLater(nameOf(row), async () => {
    const sum = createHash("sha256");
    await pipeline(createReadStream(file), sum);
    if (sum.digest("hex") !== toldBy(row).sha256)
      throw new Error(`${row.file} is not what was archived: its sum differs`);
    const told: Told[] = [];
    const bundle = await openBundle(await openAsBlob(file));
    for await (const { lines } of linesOf(bundle.chunks("events.jsonl"))) {
      for (const line of lines) told.push(...toldIn(Buffer.from(line).toString("utf8")));
    }
    return told;
  });
}

function toldIn(line: string): Told[] {
  if (!line.includes(ACTION)) return [];
  const { action, reportedBy, after } = JSON.parse(line) as Record<string, unknown>;
  return action === ACTION && reportedBy === null && after ? [after as Told] : [];
}
