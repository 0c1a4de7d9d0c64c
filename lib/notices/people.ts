import "server-only";
import { db } from "@/lib/kernel/db";
import type { Power } from "@/lib/kernel/permissions";
import { heldRole, withRules } from "@/lib/roles/record";

/** Everybody who is active in the organization, with what they may do. */
export async function peopleOf(organizationId: string) {
  const people = await db().user.findMany({
    where: { organizationId, status: "active" },
    include: {
      organization: { select: { name: true } },
      assignments: { include: { role: { include: withRules } } },
    },
  });
  return people.map((person) => {
    const roles = person.assignments.map(({ role }) => heldRole(role));
    return { person, power: { kind: "roles", roles, resources: [] } satisfies Power };
  });
}
