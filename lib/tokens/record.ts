import { credentialRecord, type CredentialRow } from "@/lib/credentials/record";
import type { Family } from "@/lib/credentials/subject";
import { requireGrantable } from "@/lib/kernel/authority";
import type { TokenRecord } from "./schema";

/** Whoever gets a value of a token may do what its role may, so nobody makes a value of a role beyond their own. */
export const TOKEN = {
  kind: "access_token",
  noun: "token",
  show: tokenRecord,
  requireMintable: (power, row) => {
    const { role, instanceId } = partsOf(row);
    requireGrantable(power, { ...role, instanceId });
  },
} as const satisfies Family<"token", TokenRecord>;

export function tokenRecord(row: CredentialRow, now: Date): TokenRecord {
  const { instanceId, role, roleId, expiresAt } = partsOf(row);
  return {
    ...credentialRecord(row, now),
    instanceZUID: instanceId,
    roleZUID: roleId,
    roleName: role.name,
    expiry: expiresAt.toISOString(),
  };
}

function partsOf({ id, role, roleId, instanceId, expiresAt }: CredentialRow) {
  if (!role || !roleId || !instanceId || !expiresAt) throw new Error(`Token ${id} lacks its role, instance or end.`);
  return { role, roleId, instanceId, expiresAt };
}
