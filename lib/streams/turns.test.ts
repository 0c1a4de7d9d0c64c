import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { receiver, sealRecords } from "@/lib/testing/receiver";
import { createStream } from "./commands";
import { deliverNext } from "./deliver";
import { CreateStream, type StreamRecord } from "./schema";

let acme: TestOrganization;
beforeEach(async () => {
  // Those of earlier tests are due too.
  await db().eventStream.updateMany({ data: { pausedAt: new Date() } });
  acme = await foundOrganization();
});

const open = (input: object, { owner } = acme) =>
  createStream(owner, CreateStream.parse({ kind: "webhook", name: "SIEM", from: "first", ...input }));
async function drain() {
  while (await deliverNext());
}

test("streams take turns: one that has been served waits for those that were not", async () => {
  const [busy, quiet] = [await receiver(() => 200), await receiver(() => 200)];
  await sealRecords(acme, 0, 450);
  const [first, second] = [await open({ url: busy.url }), await open({ url: quiet.url, name: "Quiet" })];
  await waitSince(first, 1);
  await waitSince(second, 2);
  const served = () => [busy.received.length, quiet.received.length];
  for (const expected of [
    [1, 0],
    [1, 1],
    [2, 1],
    [2, 2],
  ]) {
    await deliverNext();
    expect(served()).toEqual(expected);
  }
});

test("three streams of one organization are served at once, and another one's beside them", async () => {
  const { received, url } = await receiver(() => 200);
  await sealRecords(acme, 0, 1);
  const held = [];
  for (const name of ["One", "Two", "Three"]) held.push(await open({ url, name }));
  await db().eventStream.updateMany({
    where: { id: { in: held.map(({ ZUID }) => ZUID) } },
    data: { leaseEndsAt: new Date(Date.now() + 60_000) },
  });
  await open({ url, name: "Four" });
  await drain();
  expect(received).toHaveLength(0);
  const globex = await foundOrganization();
  await sealRecords(globex, 0, 1);
  await open({ url }, globex);
  await drain();
  expect(received).toHaveLength(1);
  await db().eventStream.updateMany({ where: { id: held[2]?.ZUID ?? "" }, data: { leaseEndsAt: new Date(0) } });
  await drain();
  expect(received).toHaveLength(3);
});

const waitSince = ({ ZUID: id }: StreamRecord, at: number) =>
  db().eventStream.update({ where: { id }, data: { nextAttemptAt: new Date(at) } });
