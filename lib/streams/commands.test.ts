import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import { CERTIFICATE } from "@/lib/testing/certificate";
import { newKey } from "@/lib/testing/app";
import {
  codeOf,
  ctxOfKey,
  foundOrganization,
  textOf,
  type TestOrganization,
  unproved,
} from "@/lib/testing/organization";
import { idOfPerson, newRole } from "@/lib/testing/roles";
import { assignRole } from "@/lib/roles/assignments";
import { addRule } from "@/lib/roles/rules";
import { RuleInput } from "@/lib/roles/schema";
import { createStream, deleteStream, rotateStreamSecret, updateStream } from "./commands";
import { getStream, listDeliveries, listStreams } from "./queries";
import { CreateStream } from "./schema";
import { testStream } from "./deliveries";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

let made = 0;
const input = (over: object = {}) =>
  CreateStream.parse({ kind: "webhook", name: `Stream ${(made += 1)}`, url: "https://siem.example.com/in", ...over });
const last = async () => (await acme.events()).at(-1);

test("a stream begins with the next event; its secret is shown once, kept sealed and on no trail", async () => {
  const logId = acme.id;
  await db().auditLog.create({ data: { logId, size: 7 } });
  const { secret = "", ...record } = await createStream(acme.owner, input());
  expect(secret).toMatch(/^lkw_[0-9A-Za-z]{42}$/);
  expect(record).toMatchObject({ cursor: 7, size: 7, status: "delivering", secretHint: `lkw_…${secret.slice(-4)}` });
  expect(await getStream(acme.owner, record.ZUID)).toEqual(record);
  const row = await db().eventStream.findUniqueOrThrow({ where: { id: record.ZUID } });
  expect(Buffer.from(row.secret ?? []).toString("latin1")).not.toContain(secret.slice(4, 20));
  expect(await last()).toMatchObject({ action: "stream.created", targetId: record.ZUID, outcome: "allowed" });
  expect(textOf(await acme.events())).not.toContain(secret.slice(4, 20));
});

test("changing, rotating, testing and deleting leave an event each", async () => {
  const { ZUID } = await createStream(acme.owner, input({ certificate: CERTIFICATE.cert }));
  const before = (await acme.events()).length;
  await updateStream(acme.owner, ZUID, { url: "http://127.0.0.1:9/", paused: true });
  await rotateStreamSecret(acme.owner, ZUID);
  await testStream(acme.owner, ZUID);
  await updateStream(acme.owner, ZUID, { paused: false });
  await deleteStream(acme.owner, ZUID);
  expect((await acme.events()).slice(before).map(({ action }) => action)).toEqual([
    "stream.updated",
    "stream.paused",
    "stream.secret_rotated",
    "stream.tested",
    "stream.resumed",
    "stream.deleted",
  ]);
  expect(await codeOf(getStream(acme.owner, ZUID))).toBe("not_found");
});

test("the trail tells where a stream leads without what its address may carry", async () => {
  const { value } = mintSecret("api_key");
  const url = `https://siem.example.com/in/x${value}?token=t0k3n`;
  const { ZUID, ...created } = await createStream(acme.owner, input({ url }));
  expect(created.url).toBe(url);
  const place = "https://siem.example.com/in/x[secret]";
  expect((await last())?.after).toMatchObject({ url: place });
  await updateStream(acme.owner, ZUID, { url: "https://siem.example.com/out?token=t0k3n" });
  expect(await last()).toMatchObject({ before: { url: place }, after: { url: "https://siem.example.com/out" } });
  await deleteStream(acme.owner, ZUID);
  expect((await last())?.before).toMatchObject({ url: "https://siem.example.com/out" });
  await createStream(acme.owner, input({ kind: "syslog", url: "tls://logs.example.com:6514" }));
  expect((await last())?.after).toMatchObject({ url: "tls://logs.example.com:6514" });
  expect(textOf(await acme.events())).not.toContain("t0k3n");
});

test("who may not is refused on the trail, and nothing is written", async () => {
  const { ZUID } = await createStream(acme.owner, input());
  const key = await ctxOfKey((await newKey(acme)).key);
  const count = () => db().eventStream.count();
  const before = await count();
  for (const by of [
    await acme.as("Auditor"),
    await acme.as("Access Admin"),
    await acme.as("Owner", acme.instanceId),
    key,
  ]) {
    expect(await codeOf(createStream(by, input()))).toBe("forbidden");
    expect(await last()).toMatchObject({ action: "stream.created", outcome: "denied", actorId: by.principal.id });
    for (const act of [
      () => updateStream(by, ZUID, { paused: true }),
      () => rotateStreamSecret(by, ZUID),
      () => testStream(by, ZUID),
      () => deleteStream(by, ZUID),
    ])
      expect(await codeOf(act())).toBe("forbidden");
  }
  expect(await count()).toBe(before);
  expect((await listStreams(await acme.as("Admin"))).rows.map((row) => row.ZUID)).toContain(ZUID);
  expect(await codeOf(listDeliveries(await acme.as("Developer"), ZUID))).toBe("forbidden");
});

test("who may change streams and not read the trail can stop them, and neither lead nor let them on nor sign for them", async () => {
  const { ZUID } = await createStream(acme.owner, input());
  const { ZUID: roleZUID } = await newRole(acme, "Contributor");
  await addRule(acme.owner, roleZUID, RuleInput.parse({ resourceZUID: "streams", read: true, update: true }));
  const by = await acme.as("Contributor");
  await assignRole(acme.owner, idOfPerson(by), { roleZUID });
  expect(await codeOf(updateStream(by, ZUID, { name: "Renamed", paused: true }))).toBe("none");
  for (const act of [
    () => updateStream(by, ZUID, { url: "https://elsewhere.example.com/" }),
    () => updateStream(by, ZUID, { certificate: CERTIFICATE.cert }),
    () => updateStream(by, ZUID, { paused: false }),
    () => rotateStreamSecret(by, ZUID),
  ]) {
    expect(await codeOf(act())).toBe("forbidden");
    expect(await last()).toMatchObject({ outcome: "denied", actorId: by.principal.id });
  }
  expect(await getStream(acme.owner, ZUID)).toMatchObject({ status: "paused", url: "https://siem.example.com/in" });
  await addRule(acme.owner, roleZUID, RuleInput.parse({ resourceZUID: "audit", read: true }));
  expect(await codeOf(updateStream(by, ZUID, { paused: false }))).toBe("none");
});

test("another organization's stream is not found", async () => {
  const { ZUID } = await createStream(globex.owner, input());
  const { owner } = acme;
  for (const act of [
    () => getStream(owner, ZUID),
    () => listDeliveries(owner, ZUID),
    () => updateStream(owner, ZUID, { paused: true }),
    () => rotateStreamSecret(owner, ZUID),
    () => testStream(owner, ZUID),
    () => deleteStream(owner, ZUID),
  ])
    expect(await codeOf(act())).toBe("not_found");
});

test("it takes a fresh proof to send the trail somewhere, and to lead it elsewhere", async () => {
  const { ZUID } = await createStream(acme.owner, input());
  const stale = await unproved(await acme.as("Admin"));
  expect(await codeOf(createStream(stale, input()))).toBe("reauthentication_required");
  expect(await codeOf(updateStream(stale, ZUID, { url: "https://evil.example.com/" }))).toBe(
    "reauthentication_required",
  );
  expect(await codeOf(updateStream(stale, ZUID, { paused: true }))).toBe("none");
});

test("a name is taken once, and fifty streams are all there can be", async () => {
  const small = await foundOrganization();
  for (let n = 0; n < 50; n += 1) await createStream(small.owner, input({ name: `No. ${n}` }));
  expect(await codeOf(createStream(small.owner, input()))).toBe("conflict");
  const { rows } = await listStreams(small.owner);
  expect(await codeOf(updateStream(small.owner, rows[0]?.ZUID ?? "", { name: "No. 5" }))).toBe("conflict");
});

test("an address that is changed has to fit its kind, and a certificate has to be one", async () => {
  const { ZUID } = await createStream(acme.owner, input());
  expect(await codeOf(updateStream(acme.owner, ZUID, { url: "tls://logs.example.com" }))).toBe("invalid_input");
  const certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
  expect(await codeOf(createStream(acme.owner, input({ certificate })))).toBe("invalid_input");
});
