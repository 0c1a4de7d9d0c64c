import { beforeAll, expect, test } from "vitest";
import { updateApp } from "@/lib/apps/commands";
import { getEvent, getVendorAudit, listEvents, listVendorAudits } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { ListVendorAudits } from "@/lib/audit/vendor-schema";
import { sealPending } from "@/lib/audit/sealer";
import { updateInstance } from "@/lib/instances/commands";
import { db } from "@/lib/kernel/db";
import { newApp } from "@/lib/testing/app";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const trail = async (ctx: TestOrganization["owner"], query: object) =>
  (await listEvents(ctx, ListEvents.parse(query))).rows;

test("names are as they were: renaming an app or a person rewrites no event", async () => {
  const admin = await acme.as("Admin");
  const app = await newApp(acme);
  await updateApp(admin, app, { name: "Before" });
  await updateApp(acme.owner, app, { name: "After" });
  await db().user.update({ where: { id: admin.principal.id as string }, data: { firstName: "Renamed" } });
  const [, renamed] = await trail(acme.owner, { target: app });
  expect([renamed?.target.name, renamed?.actor.name]).toEqual(["Before", "Admin Person"]);
});

test("an event has its place in the log once it is sealed, in the list as by itself", async () => {
  const initech = await foundOrganization();
  const app = await newApp(initech);
  await sealPending();
  await updateApp(initech.owner, app, { name: "After" });
  const places = async () => (await trail(initech.owner, { target: app })).map(({ seq }) => seq);
  expect(await places()).toEqual([null, 0]);
  await sealPending();
  expect(await places()).toEqual([1, 0]);
  const [event] = await trail(initech.owner, { target: app });
  expect(await getEvent(initech.owner, event?.ZUID as string)).toEqual(event);
});

test("another organization's event is as none, and its trail holds none of ours", async () => {
  const app = await newApp(acme);
  const [event] = await trail(acme.owner, { target: app });
  expect(await codeOf(getEvent(acme.owner, event?.ZUID as string))).toBe("none");
  expect(await codeOf(getEvent(globex.owner, event?.ZUID as string))).toBe("not_found");
  expect(await codeOf(getEvent(globex.owner, "15-71cfc74-nothing"))).toBe("not_found");
  expect(await trail(globex.owner, { target: app })).toEqual([]);
});

test("an instance's trail is its Owner's to read, and no other instance's", async () => {
  await updateInstance(acme.owner, acme.instanceId, { name: "Main street" });
  const all = ListVendorAudits.parse({});
  const local = await acme.as("Owner", acme.instanceId);
  const { rows } = await listVendorAudits(local, acme.instanceId, all);
  expect(rows[0]).toMatchObject({ affectedZUID: acme.instanceId, action: 2, firstName: "Olivia", lastName: "Owner" });
  expect(await codeOf(getVendorAudit(local, acme.instanceId, rows[0]?.ZUID as string))).toBe("none");
  expect(await codeOf(listVendorAudits(globex.owner, acme.instanceId, all))).toBe("not_found");
  expect(await codeOf(getVendorAudit(globex.owner, globex.instanceId, rows[0]?.ZUID as string))).toBe("not_found");
  expect(await codeOf(listEvents(local, ListEvents.parse({})))).toBe("forbidden");
});

test.each([{ start_date: "0001-01-01" }, { end_date: "9999-12-31" }, { end_date: "9999-12-31T23:59:59-14:00" }])(
  "the vendor's list is not asked for by %j, which no database can compare",
  (query) => expect(ListVendorAudits.safeParse(query).success).toBe(false),
);

test("who may not read the trail leaves a trace in it", async () => {
  const developer = await acme.as("Developer");
  expect(await codeOf(listEvents(developer, ListEvents.parse({})))).toBe("forbidden");
  const [newest] = await trail(acme.owner, { limit: 1 });
  expect(newest).toMatchObject({
    action: "access.refused",
    actor: { ZUID: developer.principal.id },
    outcome: "denied",
    reason: "missing audit:read",
  });
});
