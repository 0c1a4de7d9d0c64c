/** What a request needs: one permission such as `content:publish`, all of several, or any of them. */
export type PermissionNeed = string | { all: readonly string[] } | { any: readonly string[] };

export const permissionsOf = (need: PermissionNeed): readonly string[] =>
  typeof need === "string" ? [need] : "all" in need ? need.all : need.any;

/** Whether these permissions are enough. */
export function isPermitted(held: readonly string[], need: PermissionNeed): boolean {
  const isHeld = (permission: string) => held.includes(permission);
  return typeof need !== "string" && "any" in need ? need.any.some(isHeld) : permissionsOf(need).every(isHeld);
}
