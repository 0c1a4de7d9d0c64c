import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { ALL_PERMISSIONS, type HeldRole, registeredPermissions } from "@/lib/kernel/permissions";
import { OWNER_ROLE_ID, SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { registerResource } from "@/lib/resources/commands";
import { assignRole, moveEverybody, moveRole, removeRole } from "@/lib/roles/assignments";
import { createRole, deleteRole, updateRole } from "@/lib/roles/commands";
import { addRule, replaceRules } from "@/lib/roles/rules";
import { CreateRole, RuleInput, UpdateRole } from "@/lib/roles/schema";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { beyond } from "@/lib/testing/power-oracle";
import { idOfPerson } from "@/lib/testing/roles";
import { issueToken } from "@/lib/tokens/commands";
import { deactivateUser, reactivateUser } from "@/lib/users/commands";

/** Sequences of steps; `npm run drill:power` runs thousands. */
const SEQUENCES = Number(process.env.DRILL_ROUNDS ?? 10);
const PAGE = "7-19d41b7f2a0-bcdfghjk";
const EVERY = [...ALL_PERMISSIONS, ...registeredPermissions(["orders"])];

const KINDS = [
  "create",
  "rebase",
  "rule",
  "rules",
  "give",
  "move",
  "take",
  "bulk",
  "delete",
  "issue",
  "leave",
  "return",
];
const step = fc.record({
  kind: fc.constantFrom(...KINDS),
  by: fc.nat(6),
  to: fc.nat(6),
  role: fc.nat(40),
  other: fc.nat(40),
  base: fc.nat(8),
  says: fc.constantFrom(true, false, null),
  about: fc.nat(6),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface World {
  acme: TestOrganization;
  people: Ctx[];
  places: (string | undefined)[];
}

async function newWorld(): Promise<World> {
  const acme = await foundOrganization();
  await registerResource(acme.owner, { name: "orders" });
  const people = [acme.owner];
  for (const name of ["Owner", "Admin", "Access Admin", "Developer"]) people.push(await acme.as(name));
  for (const name of ["Owner", "Admin"]) people.push(await acme.as(name, acme.instanceId));
  return { acme, people, places: [undefined, acme.instanceId, "8-19d41b7f2a0-zzzzzzzz"] };
}

/** The living roles as they stand, custom ones first, so that steps meet them often. */
const rolesOf = ({ acme }: World) =>
  db().role.findMany({
    where: { organizationId: acme.id, deletedAt: null },
    include: { rules: true, assignments: true, credentials: { where: { revokedAt: null } } },
    orderBy: [{ isStatic: "asc" }, { id: "asc" }],
  });
type Roles = Awaited<ReturnType<typeof rolesOf>>;

const heldBy = (roles: Roles, userId: string): HeldRole[] =>
  roles.filter(({ assignments }) => assignments.some((each) => each.userId === userId));

/** Tries the step; answers the ids of the roles it gives, shapes or takes, as they are before or after it. */
async function attempt({ acme, people }: World, roles: Roles, given: Step): Promise<string[]> {
  const { kind, by, to, role, other, base, says, about } = given;
  const ctx = people[by] as Ctx;
  const person = idOfPerson(people[to] as Ctx);
  const one = roles[role % roles.length]?.id as string;
  const two = roles[other % roles.length]?.id as string;
  const resource = ["content", "schema", "users", "roles", PAGE, acme.instanceId, "orders"][about] as string;
  const rule = RuleInput.parse({ resourceZUID: resource, create: says, read: true, delete: says });
  const systemRoleZUID = SYSTEM_ROLES[base]?.id;
  const held = roles.filter(({ assignments }) => assignments.some(({ userId }) => userId === person));
  const theirs = held[role % (held.length || 1)]?.id ?? one;
  switch (kind) {
    case "create": {
      const entityZUID = says ? acme.id : acme.instanceId;
      const name = `Custom ${roles.length} ${role}`;
      return [(await createRole(ctx, CreateRole.parse({ name, entityZUID, systemRoleZUID }))).ZUID];
    }
    case "rebase":
      return [(await updateRole(ctx, one, UpdateRole.parse({ systemRoleZUID }))).ZUID];
    case "rule":
      return [(await addRule(ctx, one, rule)).roleZUID];
    case "rules":
      await replaceRules(ctx, one, says === null ? [] : [rule]);
      return [one];
    case "give":
      return [(await assignRole(ctx, person, { roleZUID: one })).ZUID];
    case "move":
      return [theirs, (await moveRole(ctx, person, theirs, { roleZUID: two })).ZUID];
    case "take":
      return [(await removeRole(ctx, person, theirs)).ZUID];
    case "bulk":
      return [one, (await moveEverybody(ctx, one, { roleZUID: two })).ZUID];
    case "delete":
      return [(await deleteRole(ctx, one, says ? {} : { replacement: two })).ZUID, ...(says ? [] : [two])];
    case "issue": {
      const instance = roles.find(({ id }) => id === one)?.instanceId === null && { instanceZUID: acme.instanceId };
      return [(await issueToken(ctx, { name: `Token ${role} ${other}`, roleZUID: one, ...instance })).roleZUID];
    }
    case "leave":
      await deactivateUser(ctx, person);
      return held.map(({ id }) => id);
    default:
      await reactivateUser(ctx, person);
      return held.map(({ id }) => id);
  }
}

/** A token holds its role on one instance, also where the role applies to every one. */
const asGiven = ({ acme }: World, { kind }: Step, role: HeldRole): HeldRole =>
  kind === "issue" ? { ...role, instanceId: acme.instanceId } : role;

const REFUSALS = ["forbidden", "conflict", "not_found", "invalid_input", "session_ended"];

test(
  "whatever people do, nobody gives, shapes or takes what they do not hold, and an Owner is left",
  async () => {
    const seen = { made: 0, forbidden: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (steps) => {
        const world = await newWorld();
        let after = await rolesOf(world);
        for (const given of steps) {
          const before = after;
          const actor = heldBy(before, idOfPerson(world.people[given.by] as Ctx));
          const touched = await attempt(world, before, given).catch((error: { code?: string; message: string }) => {
            if (!REFUSALS.includes(error.code ?? "")) throw error;
            if (error.code === "forbidden") seen.forbidden++;
            return undefined;
          });
          after = await rolesOf(world);
          if (!touched) {
            expect(after, `refused ${given.kind}`).toEqual(before);
            continue;
          }
          seen.made++;
          for (const role of [...before, ...after].filter(({ id }) => touched.includes(id)))
            expect(
              beyond(actor, asGiven(world, given, role), world.places, [undefined, PAGE], EVERY),
              `${given.kind} of ${role.name}`,
            ).toEqual([]);
          await expectOwners(world);
        }
      }),
      { numRuns: SEQUENCES, endOnFailure: SEQUENCES > 100 },
    );
    expect(Math.min(seen.made, seen.forbidden), JSON.stringify(seen)).toBeGreaterThan(SEQUENCES / 2);
  },
  60_000 * Math.max(2, SEQUENCES / 40),
);

/** The organization and its instance each have an active person who is its Owner. */
async function expectOwners({ acme }: World) {
  const owners = await db().role.findMany({
    where: { organizationId: acme.id, systemRoleId: OWNER_ROLE_ID, isStatic: true },
    include: { assignments: { where: { user: { status: "active" } } } },
  });
  expect(owners.map(({ assignments }) => assignments.length > 0)).toEqual([true, true]);
}
