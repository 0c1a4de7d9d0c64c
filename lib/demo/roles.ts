import { DAY } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import type { Rule } from "@/lib/kernel/permissions";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import type { Past } from "./keys";

const SILENT = { create: null, read: null, update: null, delete: null, publish: null };
const rule = (resource: string, verbs: Partial<Rule>): Rule => ({ resource, ...SILENT, ...verbs });
const NOTHING = { create: false, read: false, update: false, delete: false, publish: false };

/** What the organization's own APIs are about, and the calls that each verb opens. */
const RESOURCES = [
  {
    name: "bookings",
    description: "Appointments of guests, at every spa.",
    registeredDaysAgo: 150,
    endpoints: [
      { method: "GET", path: "/v1/bookings", verb: "read" },
      { method: "GET", path: "/v1/bookings/{id}", verb: "read" },
      { method: "POST", path: "/v1/bookings", verb: "create" },
      { method: "PATCH", path: "/v1/bookings/{id}", verb: "update" },
      { method: "DELETE", path: "/v1/bookings/{id}", verb: "delete" },
    ],
  },
  {
    name: "gift-cards",
    description: "Gift cards: sold at the desk and in the shop.",
    registeredDaysAgo: 88,
    endpoints: [
      { method: "GET", path: "/v1/gift-cards/{number}", verb: "read" },
      { method: "POST", path: "/v1/gift-cards", verb: "create" },
      { method: "POST", path: "/v1/gift-cards/{number}/redemptions", verb: "update" },
    ],
  },
];

/** Narrowed roles of instances, and who holds them beside the role they came with. */
const ROLES = [
  {
    name: "Deploy bot",
    description: "Publishes what was reviewed, and nothing else.",
    instance: "Seattle",
    base: "Contributor",
    madeDaysAgo: 40,
    rules: [rule("content", { ...NOTHING, publish: true }), rule("media", NOTHING), rule("instances", { read: false })],
    holders: [],
  },
  {
    name: "Front desk",
    description: "Takes bookings and sells gift cards.",
    instance: "Portland",
    base: "Contributor",
    madeDaysAgo: 62,
    rules: [
      rule("bookings", { create: true, read: true, update: true }),
      rule("gift-cards", { create: true, read: true }),
      rule("media", { create: false, update: false }),
    ],
    holders: ["Amara Nwosu", "Jonas Keller"],
  },
];

/** Inserts the catalogue and the custom roles, each with the event that made it. */
export async function shapeRoles({ organizationId, now, chance, trail, by }: Past): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const owner = by("Dana Okafor");
  const made = { createdById: owner.id, createdByName: owner.name };
  for (const { registeredDaysAgo, ...resource } of RESOURCES) {
    const createdAt = ago(registeredDaysAgo);
    await db().resource.create({ data: { organizationId, ...resource, ...made, createdAt } });
    const { name, description, endpoints } = resource;
    const target = { id: name, name };
    trail.add(createdAt, owner, { action: "resource.registered", target, after: { description, endpoints } });
  }
  for (const { name, description, instance: instanceName, base, madeDaysAgo, rules, holders } of ROLES) {
    const { id: instanceId } = await db().instance.findFirstOrThrow({ where: { organizationId, name: instanceName } });
    const systemRoleId = SYSTEM_ROLES.find((role) => role.name === base)?.id ?? "";
    const createdAt = ago(madeDaysAgo);
    const target = { id: chance.id("role", createdAt), name };
    await db().role.create({
      data: { ...target, organizationId, instanceId, systemRoleId, description, createdById: owner.id, createdAt },
    });
    await db().roleRule.createMany({
      data: rules.map((each) => ({
        ...each,
        id: chance.id("rule", createdAt),
        roleId: target.id,
        organizationId,
        createdAt,
      })),
    });
    const after = { name, description, systemRole: base, rules };
    trail.add(createdAt, owner, { action: "role.created", target, instanceId, after });
    for (const holder of holders) {
      const { id: userId } = by(holder);
      await db().roleAssignment.create({ data: { userId, roleId: target.id, organizationId } });
      trail.add(createdAt, owner, {
        action: "user.role_assigned",
        target: { id: userId, name: holder },
        instanceId,
        after: { role: name },
      });
    }
  }
}
