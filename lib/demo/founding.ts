import { hashPassword } from "@/lib/auth/passwords";
import { DAY } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { createBaseRoles } from "@/lib/roles/base-roles";
import type { Chance } from "./chance";
import { type DemoPerson, emailOf, INSTANCES, nameOf, ORGANIZATION, PEOPLE } from "./people";
import { type Actor, SYSTEM, type Trail } from "./trail";

export const PASSWORD = "a throw-away demo password";

const BROWSERS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0",
];
const OFFICES = { Seattle: "203.0.113", Portland: "198.51.100", "Media library": "192.0.2" };

export interface Colleague {
  actor: Actor & { id: string };
  person: DemoPerson;
}

/** Inserts the organization, its instances and its people as they came to be over the months. */
export async function found(organizationId: string, now: Date, chance: Chance, trail: Trail): Promise<Colleague[]> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const foundedAt = ago(ORGANIZATION.foundedDaysAgo);
  const { accountName, name } = ORGANIZATION;
  await db().deployment.create({ data: { id: 1, organizationId, setUpAt: foundedAt } });
  await db().organization.create({ data: { id: organizationId, accountName, name, createdAt: foundedAt } });

  const passwordHash = await hashPassword(PASSWORD);
  const colleagues = PEOPLE.map((person: DemoPerson, index) => colleague(person, index, foundedAt, chance));
  await db().user.createMany({
    data: colleagues.map(({ actor, person }) => ({
      id: actor.id,
      organizationId,
      email: emailOf(person),
      firstName: person.firstName,
      lastName: person.lastName,
      status: person.status ?? "active",
      kind: person.kind ?? "employee",
      passwordHash: person.status === "invited" ? null : passwordHash,
      createdAt: foundedAt,
    })),
  });
  const owner = (colleagues[0] as Colleague).actor;
  const instance = INSTANCES[0].name;
  trail.add(foundedAt, SYSTEM, {
    action: "organization.set_up",
    target: { id: organizationId, name },
    after: { name, accountName, instance, owner: owner.name },
  });

  await createBaseRoles(db(), { organizationId, instanceId: null }, owner.id);
  for (const { name: instanceName, domain, createdDaysAgo } of INSTANCES) {
    const createdAt = ago(createdDaysAgo);
    const id = chance.id("instance", createdAt);
    const target = { id, name: instanceName };
    await db().instance.create({ data: { ...target, domain, organizationId, createdById: owner.id, createdAt } });
    await createBaseRoles(db(), { organizationId, instanceId: id }, owner.id);
    if (instanceName === instance) continue;
    trail.add(createdAt, owner, {
      action: "instance.created",
      target,
      instanceId: id,
      after: { name: instanceName, domain },
    });
  }
  await assignRoles(organizationId, colleagues);
  return colleagues;
}

function colleague(person: DemoPerson, index: number, at: Date, chance: Chance): Colleague {
  const ip = `${OFFICES[person.instance ?? "Seattle"]}.${140 + index}`;
  const userAgent = BROWSERS[index % BROWSERS.length] as string;
  return { person, actor: { type: "user", id: chance.id("user", at), name: nameOf(person), ip, userAgent } };
}

async function assignRoles(organizationId: string, colleagues: Colleague[]): Promise<void> {
  const roles = await db().role.findMany({ where: { organizationId }, include: { instance: true } });
  const assignments = colleagues.slice(1).map(({ actor, person }) => {
    const base = SYSTEM_ROLES.find((role) => role.name === person.role);
    const role = roles.find(
      ({ systemRoleId, instance }) => systemRoleId === base?.id && instance?.name === person.instance,
    );
    if (!role) throw new Error(`${actor.name} has a role that does not exist: ${person.role}`);
    return { userId: actor.id, roleId: role.id, organizationId };
  });
  await db().roleAssignment.createMany({ data: assignments });
}
