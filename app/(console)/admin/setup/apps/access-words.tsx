import type { AppRecord, KeyAccess, TokenAccess } from "@/lib/apps/schema";
import { formatCount } from "@/lib/format";
import type { AnyPermission } from "@/lib/kernel/permissions";

export const LOGIN_USERS = {
  employee: "employees",
  guest: "guests",
  both: "employees and guests",
} as const satisfies Record<AppRecord["loginUserType"], string>;

/** What a key of the app works on, in a phrase. */
export function reachOf(access: KeyAccess): string {
  if (access.mode === "full") return "every API of the organization";
  if (access.permissions.length === 0) return "nothing: no permission is listed";
  const { length } = access.permissions;
  return `what its app’s ${formatCount(length, "permission")} ${length === 1 ? "allows" : "allow"}`;
}

export function AccessWords({ access }: { access: KeyAccess | TokenAccess }) {
  if (access.mode === "full") return <>full access: every API of the organization</>;
  if (access.mode === "role") return <>what the person’s own role allows</>;
  if (access.permissions.length === 0) return <>nothing: no permission is listed</>;
  return (
    <ul className="grid gap-0.5">
      {byVerbs(access.permissions).map(([verbs, resources]) => (
        <li key={verbs}>
          {resources.join(", ")} <span className="text-ink-3">{verbs}</span>
        </li>
      ))}
    </ul>
  );
}

/** Resources that allow the same verbs share a line. */
function byVerbs(permissions: readonly AnyPermission[]): [verbs: string, resources: string[]][] {
  const pairs = permissions.map((permission) => permission.split(":") as [resource: string, verb: string]);
  const lines = new Map<string, string[]>();
  for (const resource of new Set(pairs.map(([resource]) => resource))) {
    const verbs = pairs.flatMap(([each, verb]) => (each === resource ? verb : [])).join(", ");
    lines.set(verbs, [...(lines.get(verbs) ?? []), resource]);
  }
  return [...lines];
}
