import "server-only";
import { parseCheckpoint } from "@/lib/audit/checkpoint";
import type { Hash, Range } from "@/lib/audit/merkle";
import { type NoteKey, openNote } from "@/lib/audit/note";
import type { Findings } from "@/lib/audit/verify/findings";
import { isSame } from "@/lib/audit/verify/outside";
import type { Prefix } from "@/lib/audit/verify/prefix";
import { db } from "@/lib/kernel/db";
import type { AuditCheckpoint } from "@/prisma/generated/client";

/** What was signed of trees larger than `from` and at most as large as `to`. */
export const checkpointsOf = (logId: string, [from, to]: Range): Promise<AuditCheckpoint[]> =>
  db().auditCheckpoint.findMany({ where: { logId, size: { gt: from, lte: to } }, orderBy: { size: "asc" } });

interface Tree {
  /** Of the leaves before these; it is grown by them. */
  prefix: Prefix;
  leaves: readonly Hash[];
  keys: readonly NoteKey[];
  origin: (epoch: number) => string;
}

/** Every checkpoint must be signed, and state the root that the leaves have. */
export function compareRoots(checkpoints: readonly AuditCheckpoint[], tree: Tree, findings: Findings): void {
  let next = 0;
  for (const leaf of tree.leaves) {
    tree.prefix.append(leaf);
    for (; Number(checkpoints[next]?.size) === tree.prefix.size; next++) {
      const checkpoint = checkpoints[next] as AuditCheckpoint;
      const file = `log ${checkpoint.logId}, checkpoint of ${tree.prefix.size}`;
      findings.attempt(file, () => requireStated(checkpoint, tree));
    }
  }
}

function requireStated({ note, epoch, root }: AuditCheckpoint, { prefix, keys, origin }: Tree): void {
  const stated = parseCheckpoint(openNote(note, keys).body);
  if (stated.origin !== origin(epoch) || stated.size !== prefix.size)
    throw new Error("is signed for another log or size");
  if (!isSame(stated.root, root)) throw new Error("has another root in its row than in what was signed");
  if (!isSame(stated.root, prefix.root())) throw new Error("has another root than the events give: they were changed");
}
