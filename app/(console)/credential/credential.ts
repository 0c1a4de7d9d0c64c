import type { CredentialRecord } from "@/lib/credentials/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import type { TokenRecord } from "@/lib/tokens/schema";

/** An API key or access token as the parts of their pages need it alike. */
export interface Credential {
  record: CredentialRecord;
  noun: "key" | "token";
  /** What begins its Authorization header. */
  scheme: "apikey" | "bearer";
  /** Its own address in the API. */
  path: string;
  notBefore: string | null;
  expiresAt: string | null;
}

export const ofKey = (record: KeyRecord): Credential => ({
  record,
  noun: "key",
  scheme: "apikey",
  path: `/v1/keys/${record.ZUID}`,
  notBefore: record.notBefore,
  expiresAt: record.expiresAt,
});

export const ofToken = (record: TokenRecord): Credential => ({
  record,
  noun: "token",
  scheme: "bearer",
  path: `/v1/tokens/${record.ZUID}`,
  notBefore: null,
  expiresAt: record.expiry,
});

export interface RotationPolicy {
  defaultHours: number;
  maxHours: number;
}

export const isOver = ({ status }: CredentialRecord) => status === "revoked" || status === "expired";
