import "server-only";
import type { Db, Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import type { AuditCheckpoint } from "@/prisma/generated/client";

/** What was signed last of this log. */
export const newestCheckpoint = (client: Db | Tx, logId: string): Promise<AuditCheckpoint | null> =>
  client.auditCheckpoint.findFirst({ where: { logId }, orderBy: [{ epoch: "desc" }, { size: "desc" }] });

/** What was signed of this log when it had so many events, in the last of its epochs in which it did. */
export const checkpointAt = (client: Db | Tx, logId: string, size: number): Promise<AuditCheckpoint | null> =>
  client.auditCheckpoint.findFirst({ where: { logId, size }, orderBy: { epoch: "desc" } });

export const notSigned = () => new AppError("not_found", "The trail was not signed at this size.");
