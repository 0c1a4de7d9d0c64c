"use client";

import { RolePicker } from "@/app/(console)/role-picker";
import { roleHint } from "@/app/(console)/role-words";
import { formatCount } from "@/lib/format";
import type { RoleChoice } from "@/lib/tokens/schema";

/** The roles a token of the instance can have. */
export const TokenRolePicker = ({ roles }: { roles: readonly RoleChoice[] }) => (
  <RolePicker
    roles={roles.map((role) => ({
      ZUID: role.ZUID,
      name: role.name,
      hint: hintOf(role),
      isOutOfReach: role.missingPermissions.length > 0,
    }))}
  />
);

function hintOf(role: RoleChoice): string | undefined {
  const hint = roleHint(role);
  return role.isEverywhere && role.missingPermissions.length === 0
    ? `A role of every instance; the token holds it here alone. ${hint ?? ""}`.trimEnd()
    : (hint ?? `Lets a token use ${formatCount(role.permissions.length, "permission")}.`);
}
