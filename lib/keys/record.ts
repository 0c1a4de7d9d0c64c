import { credentialRecord, type CredentialRow, iso } from "@/lib/credentials/record";
import type { Family } from "@/lib/credentials/subject";
import type { KeyRecord } from "./schema";

export const KEY = { kind: "api_key", noun: "key", show: keyRecord } as const satisfies Family<"key", KeyRecord>;

export function keyRecord(row: CredentialRow, now: Date): KeyRecord {
  if (!row.app || !row.appId) throw new Error(`Key ${row.id} has no app.`);
  return {
    ...credentialRecord(row, now),
    appZUID: row.appId,
    appName: row.app.name,
    enabled: row.disabledAt === null,
    notBefore: iso(row.notBefore),
    expiresAt: iso(row.expiresAt),
  };
}
