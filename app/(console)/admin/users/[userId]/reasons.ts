import { exceedsWords } from "@/app/(console)/role-words";
import type { HeldRoleFacts, PersonFacts } from "@/lib/people/schema";

const placeOf = ({ instance }: HeldRoleFacts) => instance?.name ?? "the organization";

const lastOwnerWords = (role: HeldRoleFacts) =>
  `The last Owner of ${placeOf(role)}: make somebody else its Owner first.`;

/** Why the person cannot be changed as a whole. */
export function reasonToKeep({ roles }: PersonFacts): { whoseRoles?: string; lastOwner?: string } | undefined {
  const beyond = roles.find(({ missingPermissions }) => missingPermissions.length > 0);
  const alone = roles.find(({ isLastOwner }) => isLastOwner);
  if (!beyond && !alone) return undefined;
  return {
    ...(beyond && { whoseRoles: `${exceedsWords(beyond.missingPermissions)}. The person holds ${beyond.name}.` }),
    ...(alone && { lastOwner: lastOwnerWords(alone) }),
  };
}

/** Why one of their roles can be neither taken nor changed. */
export function reasonToLeave(role: HeldRoleFacts): string | undefined {
  if (role.missingPermissions.length > 0) return exceedsWords(role.missingPermissions);
  return role.isLastOwner ? lastOwnerWords(role) : undefined;
}
