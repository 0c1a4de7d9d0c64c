import { expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { foundOrganization } from "@/lib/testing/organization";
import { testStore } from "@/lib/testing/setup";
import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { indexTrail } from "./indexer";

test("as many searches as come are all answered, and nothing else is turned away meanwhile", async () => {
  const acme = await foundOrganization();
  const data = Array.from({ length: 40 }, (_, at) => ({
    id: newId("event"),
    position: BigInt(10_000 + at * 1_000),
    organizationId: acme.id,
    action: "app.updated",
    verb: 2,
    actorType: "api_key",
    actorName: "one two three four five six seven eight",
    targetType: "app",
    targetName: "Kiosk",
    outcome: "allowed" as const,
    requestId: "req_1",
    ip: "203.0.113.1",
    userAgent: "test",
  }));
  await db().auditEvent.createMany({ data });
  await db().$executeRaw`select setval('audit_event_position_seq', 60000)`;
  expect(await indexTrail(testStore().openSlow)).toBe(2);
  const query = ListEvents.parse({ q: "one two three four five six seven eight" });
  const [searches, others] = await Promise.all([
    Promise.all(Array.from({ length: 200 }, () => listEvents(acme.owner, query))),
    Promise.all(Array.from({ length: 20 }, () => db().$queryRaw<{ one: number }[]>`select 1 as one`)),
  ]);
  expect(searches.map(({ total }) => total)).toEqual(searches.map(() => 40));
  expect(others.flat()).toEqual(others.map(() => ({ one: 1 })));
});
