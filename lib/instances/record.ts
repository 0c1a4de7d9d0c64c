import type { Instance } from "@/prisma/generated/client";
import type { InstanceRecord } from "./schema";

export function instanceRecord(row: Instance): InstanceRecord {
  return {
    ZUID: row.id,
    name: row.name,
    domain: row.domain,
    createdByUserZUID: row.createdById,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** An instance under the vendor's name for it. */
export function centerRecord(row: Instance) {
  const code = row.name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .toUpperCase();
  return { id: row.id, name: row.name, code, display_name: row.name };
}
