import "server-only";
import { cookies } from "next/headers";
import { refuse, requirePerson, requireProof } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { linkIntent } from "./session-cookie";

/**
 * Lets the next single sign-on of this browser be linked to the caller, while this session lives. Throws
 * `reauthentication_required`, `not_found` where no provider is configured.
 */
export async function intendLink(ctx: Ctx, userId: string): Promise<{ name: string }> {
  const { id, sessionId } = await requirePerson(ctx);
  if (id !== userId) return refuse(ctx, "users", "A single sign-on is linked by the person whose it is.");
  const { oidc } = env();
  if (!oidc) throw new AppError("not_found", "There is no single sign-on here.");
  requireProof({ principal: ctx.principal, now: ctx.now });
  const { name, value, options } = await linkIntent(sessionId);
  (await cookies()).set(name, value, options);
  return { name: oidc.name };
}
