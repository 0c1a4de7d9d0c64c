import type { Organization } from "@/prisma/generated/client";
import type { Policy } from "./schema";

export const policyOf = (row: Organization): Policy => ({
  idleMinutes: row.idleMinutes,
  sessionHours: row.sessionHours,
  tokenMaxDays: row.tokenMaxDays,
  loginAccessHours: row.loginAccessHours,
  loginRefreshDays: row.loginRefreshDays,
  rotationOverlapHours: row.rotationOverlapHours,
  rotationMaxHours: row.rotationMaxHours,
  passwordMinLength: row.passwordMinLength,
  lockoutThreshold: row.lockoutThreshold,
  lockoutMinutes: row.lockoutMinutes,
  verificationMaxAgeSeconds: row.verificationMaxAgeSeconds,
  auditRetentionDays: row.auditRetentionDays,
  secondFactor: row.secondFactor,
  linksSsoByEmail: row.linksSsoByEmail,
});
