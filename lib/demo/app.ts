/** What an app of the demo is described by; times are counted from the start of the demo. */
export interface DemoUse {
  minutesAgo: number;
  ip: string;
  userAgent: string;
}

export interface DemoKey {
  name: string;
  description?: string;
  createdDaysAgo: number;
  by: string;
  lastUsed?: DemoUse;
  expiresInDays?: number;
  notBeforeInDays?: number;
  allowedCidrs?: string[];
  rateLimit?: { requests: number; seconds: number };
  disabledDaysAgo?: number;
  revoked?: { daysAgo: number; by: string; reason: string };
  rotated?: { daysAgo: number; by: string; overlapDays: number; newUse?: DemoUse };
}

export interface DemoApp {
  name: string;
  uri?: string;
  description: string;
  createdDaysAgo: number;
  by: string;
  loginUserType?: "employee" | "guest" | "both";
  keyPermissions?: string[];
  disabledDaysAgo?: number;
  secretRotatedDaysAgo?: number;
  keys: DemoKey[];
}

/** A last call: so many minutes before the demo starts. */
export const use = (minutesAgo: number, ip: string, userAgent: string): DemoUse => ({ minutesAgo, ip, userAgent });
