import { db } from "@/lib/kernel/db";
import { type DemoKey, use } from "./app";
import { insertCredential, type Past } from "./keys";

const DAYS = 90;

/** What programs every instance lets in: each name, its role, who issued it and how long ago. */
const PROGRAMS: (DemoKey & { role: string })[] = [
  token("Preview build", "Developer", "Dana Okafor", 12, { lastUsed: use(3, "198.51.100.24", "node/22") }),
  token("Search index", "Auditor", "Dana Okafor", 81, { lastUsed: use(41, "198.51.100.25", "indexer/3.2") }),
  token("Menu importer", "Contributor", "Dana Okafor", 30, { lastUsed: use(190, "203.0.113.14", "okhttp/4.12") }),
  token("Newsletter images", "Publisher", "Beatrice Cole", 60, { lastUsed: use(700, "203.0.113.80", "mailer/1.9") }),
  token("Redirect sync", "SEO", "Dana Okafor", 7, { allowedCidrs: ["203.0.113.0/24"] }),
  token("Form export", "Publisher", "Beatrice Cole", 84, { lastUsed: use(5200, "198.51.100.77", "python-httpx/0.28") }),
  token("Design review", "Developer Contributor", "Dana Okafor", 2, { rateLimit: { requests: 60, seconds: 60 } }),
  token("Old preview", "Developer", "Dana Okafor", 92),
  token("Spring campaign", "Contributor", "Beatrice Cole", 95),
  token("Content audit", "Auditor", "Dana Okafor", 20, {
    revoked: { daysAgo: 4, by: "Dana Okafor", reason: "leaked" },
  }),
  token("Translation sync", "Contributor", "Dana Okafor", 44, {
    lastUsed: use(9, "203.0.113.31", "i18n-sync/2.1"),
    rotated: { daysAgo: 1, by: "Dana Okafor", overlapDays: 7, newUse: use(2, "203.0.113.32", "i18n-sync/2.2") },
  }),
  token("Price list", "Contributor", "Dana Okafor", 51, { lastUsed: use(64, "198.51.100.90", "curl/8.5.0") }),
  token("Link checker", "SEO", "Dana Okafor", 15, { lastUsed: use(1500, "198.51.100.91", "linkcheck/5.0") }),
  token("Photo upload", "Contributor", "Beatrice Cole", 79, { lastUsed: use(20, "203.0.113.9", "okhttp/4.12") }),
  token("Staging deploy", "Developer", "Dana Okafor", 33, { lastUsed: use(88, "198.51.100.24", "node/22") }),
  token("Consent report", "Auditor", "Dana Okafor", 9),
  token("Site map", "SEO", "Dana Okafor", 66, { lastUsed: use(310, "198.51.100.25", "sitemap/1.4") }),
  token("Release notes", "Publisher", "Dana Okafor", 5, { lastUsed: use(47, "198.51.100.24", "node/22") }),
  token("Backup of media", "Developer", "Dana Okafor", 88, { lastUsed: use(600, "203.0.113.200", "rclone/1.68") }),
  token("Kiosk texts", "Contributor", "Dana Okafor", 25, { lastUsed: use(12, "203.0.113.41", "kiosk/7") }),
];

function token(name: string, role: string, by: string, createdDaysAgo: number, more: Partial<DemoKey> = {}) {
  return { name, role, by, createdDaysAgo, expiresInDays: DAYS - createdDaysAgo, ...more };
}

/** Inserts the tokens of every instance, each with the events that made it what it is. */
export async function issueTokens(past: Past): Promise<void> {
  const where = { organizationId: past.organizationId, instanceId: { not: null }, isStatic: true };
  const roles = await db().role.findMany({ where, orderBy: { id: "asc" } });
  for (const { id: roleId, name: roleName, instanceId } of roles)
    for (const program of PROGRAMS.filter(({ role }) => role === roleName))
      await insertCredential(
        past,
        { noun: "token", kind: "access_token", of: { instanceId: instanceId as string, roleId }, roleName },
        program,
      );
}
