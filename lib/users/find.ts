import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { withRules } from "@/lib/roles/record";

/** A person with the roles they hold. Throws `not_found`, also for another organization's. */
export async function findUser(tx: Tx, { organizationId }: Ctx, id: string) {
  const row = await tx.user.findUnique({
    where: { id, organizationId },
    include: { assignments: { include: { role: { include: withRules } } } },
  });
  if (!row) throw notFound("user");
  return row;
}

/** A person as the target of an event. */
export const personOf = ({ id, firstName, lastName }: { id: string; firstName: string; lastName: string }) => ({
  id,
  name: `${firstName} ${lastName}`.trim(),
});
