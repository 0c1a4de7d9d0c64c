import type { AuditView } from "@/prisma/generated/client";
import type { ViewRecord } from "./schema";

export const viewRecord = (row: AuditView): ViewRecord => ({
  ZUID: row.id,
  name: row.name,
  query: row.query,
  isShared: row.isShared,
  userZUID: row.userId,
  userName: row.userName,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
