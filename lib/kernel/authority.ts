import "server-only";
import { addMinutes } from "./clock";
import type { Ctx, Standing, UserPrincipal } from "./ctx";
import { db } from "./db";
import { AppError } from "./errors";
import { writeEvent } from "./events";
import { allows, CREDENTIAL_PERMISSIONS, exceeding, type HeldRole, type Permission, type Power } from "./permissions";

const PROOF_MINUTES = 15;

/** Throws `forbidden` naming the permission that is missing. Pure: nothing is recorded. */
export function requireHeld(
  standing: Pick<Standing, "principal" | "power">,
  permission: Permission,
  instanceId?: string,
): void {
  if (allows(standing.power, permission, instanceId)) return;
  const detail =
    standing.principal.kind === "user"
      ? `Your roles do not include ${permission}${instanceId ? " on this instance" : ""}.`
      : `This credential does not include ${permission}${CREDENTIAL_PERMISSIONS.includes(permission) ? IT_CAN : IT_CANNOT}.`;
  throw new AppError("forbidden", detail, { missingPermissions: [permission] });
}

const IT_CAN = ", which this needs: its app or role can allow it";
const IT_CANNOT = "; what changes credentials, people or policy needs a user session";

/** Throws `forbidden` naming what the role would grant beyond what the caller holds: nobody hands out more than that. */
export function requireGrantable(power: Power, role: HeldRole): void {
  const missingPermissions = exceeding(power, role);
  if (missingPermissions.length === 0) return;
  throw new AppError("forbidden", "This role may do more than your own roles there.", { missingPermissions });
}

/** Throws `reauthentication_required` when the password was last given more than fifteen minutes ago. */
export function requireProof(standing: Pick<Standing, "principal" | "now">): void {
  const { principal, now } = standing;
  if (principal.kind !== "user" || addMinutes(principal.provedAt, PROOF_MINUTES) < now) {
    throw new AppError("reauthentication_required", "Give your password again before this change.");
  }
}

/** The guard of queries: throws `forbidden` and records the refused read. */
export async function requirePermission(ctx: Ctx, permission: Permission, instanceId?: string): Promise<void> {
  if (allows(ctx.power, permission, instanceId)) return;
  await writeEvent(db(), ctx, {
    action: "access.refused",
    target: { id: null, name: permission.split(":")[0] as string },
    ...(instanceId && { instanceId }),
    outcome: "denied",
    reason: `missing ${permission}`,
    after: { permission },
  });
  requireHeld(ctx, permission, instanceId);
}

/** Refuses what the kind of caller can never do, and records it. */
export async function refuse(ctx: Ctx, resource: string, detail: string): Promise<never> {
  const target = { id: null, name: resource };
  await writeEvent(db(), ctx, { action: "access.refused", target, outcome: "denied", reason: detail });
  throw new AppError("forbidden", detail);
}

/** The signed-in person. A session is nobody else's: a credential that asks for it is refused, and that is recorded. */
export async function requirePerson(ctx: Ctx): Promise<UserPrincipal> {
  if (ctx.principal.kind === "user") return ctx.principal;
  return refuse(ctx, "sessions", "Only a signed-in person has a session; this credential is not one.");
}
