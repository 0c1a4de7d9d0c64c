import type { AnyPermission } from "@/lib/kernel/permissions";

/** What each base role is for, in a sentence. */
const BASE_ROLES: Record<string, string> = {
  Owner: "Everything, including who may do what and the policy.",
  Admin: "Everything but changing the policy, deactivating people and making Owners.",
  Developer: "All of the protected APIs: content, schema, code and settings. Sees apps and keys.",
  SEO: "Content, media, leads and redirects, published too.",
  Publisher: "Content, media and leads, published too.",
  Contributor: "Writes content and media; publishes and deletes nothing.",
  "Developer Contributor": "Writes content, media, schema and code; publishes and deletes nothing.",
  "Access Admin": "Who may do what: people, roles and sessions. Only reads the rest.",
  Auditor: "Sees people, roles, credentials and the audit trail; changes nothing.",
};

interface HintedRole {
  name: string;
  description?: string;
  missingPermissions: readonly AnyPermission[];
  /** The base role that a custom one begins with, where it is known. */
  basedOn?: string;
}

/** What stands under a role wherever one is chosen: why it is out of reach, or what it is for. No custom role takes a base name. */
export function roleHint({ name, description, missingPermissions, basedOn }: HintedRole): string | undefined {
  if (missingPermissions.length > 0) return exceedsWords(missingPermissions);
  return (
    description || (!basedOn || basedOn === name ? BASE_ROLES[name] : undefined) || (basedOn && `Based on ${basedOn}`)
  );
}

const SHOWN_MISSING = 3;

/** Why a role cannot be handed out: what it grants beyond one's own. */
export function exceedsWords(missing: readonly AnyPermission[]): string {
  const more = missing.length - SHOWN_MISSING;
  return `Exceeds your role: ${missing.slice(0, SHOWN_MISSING).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
