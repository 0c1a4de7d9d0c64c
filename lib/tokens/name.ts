import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";

/**
 * The instance, if no other live token of it has the name in any case. Whoever names a token there waits for
 * the one before: an index cannot tell which tokens live. Throws `not_found` or `conflict`.
 */
export async function requireFreeName(
  tx: Tx,
  { organizationId }: Ctx,
  instanceId: string,
  name: string,
  ownId = "",
): Promise<{ id: string; name: string }> {
  const [instance] = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id, name from instance where id = ${instanceId} and organization_id = ${organizationId} for no key update`;
  if (!instance) throw notFound("instance");
  const namesakes = await tx.$queryRaw<unknown[]>`
    select 1 from credential
    where instance_id = ${instanceId} and organization_id = ${organizationId} and kind = 'access_token'
      and lower(name) = lower(${name}) and id <> ${ownId}
      and revoked_at is null and expires_at > clock_timestamp()`;
  if (namesakes.length === 0) return instance;
  const detail = "Another live token of this instance has this name.";
  throw new AppError("conflict", detail, { errors: [{ pointer: "/name", detail }] });
}
