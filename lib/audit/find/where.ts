import { containing } from "@/lib/kernel/search";
import type { EventFilter } from "@/lib/audit/schema";
import type { Prisma } from "@/prisma/generated/client";

/** The filter as a condition on the rows. */
export function whereOf(organizationId: string, filter: EventFilter): Prisma.AuditEventWhereInput {
  const { from, to, actor, actorType, action, verb, target, app, instance, outcome, ip, request, q } = filter;
  return {
    organizationId,
    ...((from ?? to) !== undefined && {
      occurredAt: { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(to) }) },
    }),
    ...(actor !== undefined && { actorId: actor }),
    ...(actorType && { actorType }),
    ...(action && { action: { in: [...action] } }),
    ...(verb && { verb }),
    ...(target !== undefined && { targetId: target }),
    ...(app && { appId: app }),
    ...(instance && { instanceId: instance }),
    ...(outcome && { outcome }),
    ...(ip !== undefined && { ip }),
    ...(request !== undefined && { requestId: request }),
    ...(q && textWhere(q)),
  };
}

export function textWhere(text: string): Prisma.AuditEventWhereInput {
  const contains = containing(text);
  return {
    OR: [{ actorName: contains }, { targetName: contains }, { action: contains }, { reason: contains }, { id: text }],
  };
}
