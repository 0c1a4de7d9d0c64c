import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createSyslogServer } from "node:tls";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { CERTIFICATE } from "@/lib/testing/certificate";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { listen, receiver, sealRecords } from "@/lib/testing/receiver";
import { createStream, rotateStreamSecret, updateStream } from "./commands";
import { deliverNext } from "./deliver";
import { getStream, listDeliveries } from "./queries";
import { CreateStream, type StreamRecord } from "./schema";
import { testStream } from "./deliveries";

let acme: TestOrganization;
beforeEach(async () => {
  acme = await foundOrganization();
});

const seal = (from: number, to: number) => sealRecords(acme, from, to);
const open = (input: object) =>
  createStream(acme.owner, CreateStream.parse({ kind: "webhook", name: "SIEM", from: "first", ...input }));
const due = (id: string) => db().eventStream.update({ where: { id }, data: { nextAttemptAt: new Date(0) } });
const deliveries = async ({ ZUID }: StreamRecord) => (await listDeliveries(acme.owner, ZUID)).rows;
async function drain() {
  while (await deliverNext());
}

test("events arrive in their order, each once while all goes well, signed with the secret that was shown", async () => {
  const { received, url } = await receiver(() => 204);
  await seal(0, 450);
  const stream = await open({ url });
  await drain();
  await seal(450, 452);
  await drain();
  expect(received.flatMap(({ body }) => body.events.map(({ n }) => n))).toEqual([...Array(452).keys()]);
  expect(received.map(({ body: { from, to } }) => [from, to])).toEqual([
    [0, 200],
    [200, 400],
    [400, 450],
    [450, 452],
  ]);
  for (const { text, signature } of received) {
    const [, at, hash] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    expect(
      createHmac("sha256", stream.secret ?? "")
        .update(`${at}.${text}`)
        .digest("hex"),
    ).toBe(hash);
  }
  expect(await getStream(acme.owner, stream.ZUID)).toMatchObject({ status: "delivering", cursor: 452, size: 452 });
});

test("what was not taken is sent again, later each time, and nothing behind it goes before it", async () => {
  let status = 500;
  const { received, url } = await receiver(() => status);
  await seal(0, 3);
  const stream = await open({ url });
  await drain();
  await drain();
  expect(received).toHaveLength(1);
  const { nextAttemptAt } = await db().eventStream.findUniqueOrThrow({ where: { id: stream.ZUID } });
  await due(stream.ZUID);
  await drain();
  const later = await db().eventStream.findUniqueOrThrow({ where: { id: stream.ZUID } });
  expect(later.nextAttemptAt.getTime()).toBeGreaterThan(nextAttemptAt.getTime());
  expect(await getStream(acme.owner, stream.ZUID)).toMatchObject({ status: "failing", cursor: 0 });
  status = 200;
  await seal(3, 4);
  await due(stream.ZUID);
  await drain();
  expect(received.map(({ body }) => body.events.map(({ n }) => n))).toEqual([
    [0, 1, 2],
    [0, 1, 2],
    [0, 1, 2, 3],
  ]);
  expect((await deliveries(stream)).map(({ status: answered, error }) => [answered, error])).toEqual([
    [200, null],
    [500, "It answered 500."],
    [500, "It answered 500."],
  ]);
});

test("a redirect is not followed", async () => {
  const { url } = await receiver(() => 307);
  const stream = await open({ url });
  expect(await testStream(acme.owner, stream.ZUID)).toMatchObject({ status: 307, error: "It answered 307." });
});

test("while a secret is rotated both sign, and the earlier one alone never does", async () => {
  const { received, url } = await receiver(() => 200);
  const stream = await open({ url });
  const { secret } = await rotateStreamSecret(acme.owner, stream.ZUID);
  await testStream(acme.owner, stream.ZUID);
  const [{ text, signature } = { text: "", signature: "" }] = received;
  const [at, ...hashes] = signature.split(",").map((part) => part.split("=")[1]);
  const by = (key = "") => createHmac("sha256", key).update(`${at}.${text}`).digest("hex");
  expect(hashes).toEqual([by(secret), by(stream.secret)]);
  await db().eventStream.update({ where: { id: stream.ZUID }, data: { earlierEndsAt: new Date(0) } });
  await testStream(acme.owner, stream.ZUID);
  expect(received[1]?.signature.split(",")).toHaveLength(2);
});

test("two processes deliver side by side without sending anything twice; a lease that has ended is taken over", async () => {
  const { received, url } = await receiver(() => 200);
  await seal(0, 900);
  const stream = await open({ url });
  await Promise.all([drain(), drain(), drain(), drain()]);
  expect(received.flatMap(({ body }) => body.events.map(({ n }) => n))).toEqual([...Array(900).keys()]);
  await seal(900, 901);
  const hold = (leaseEndsAt: Date) => db().eventStream.update({ where: { id: stream.ZUID }, data: { leaseEndsAt } });
  await hold(new Date(Date.now() + 60_000));
  await drain();
  expect(received).toHaveLength(5);
  await hold(new Date(Date.now() - 1));
  await drain();
  expect(received).toHaveLength(6);
});

test("a paused stream sends nothing and goes on where it stood", async () => {
  const { received, url } = await receiver(() => 200);
  await seal(0, 2);
  const stream = await open({ url });
  await updateStream(acme.owner, stream.ZUID, { paused: true });
  await drain();
  expect(received).toEqual([]);
  await updateStream(acme.owner, stream.ZUID, { paused: false });
  await drain();
  expect(received[0]?.body.events).toHaveLength(2);
});

test("after three days of failures a stream pauses by itself and says so", async () => {
  const { url } = await receiver(() => 503);
  await seal(0, 1);
  const stream = await open({ url });
  await drain();
  const failingSince = new Date(Date.now() - 73 * 3_600_000);
  await db().eventStream.update({ where: { id: stream.ZUID }, data: { failingSince } });
  await due(stream.ZUID);
  await drain();
  expect(await getStream(acme.owner, stream.ZUID)).toMatchObject({
    status: "paused",
    cursor: 0,
    pauseReason: "Failing for 3 days: It answered 503.",
  });
  expect((await acme.events()).at(-1)).toMatchObject({ action: "stream.paused", actorType: "system" });
});

test("of the attempts the last hundred are kept", async () => {
  const { url } = await receiver(() => 200);
  const stream = await open({ url });
  const earlier = { streamId: stream.ZUID, durationMs: 1, fromSeq: 0, toSeq: 1 };
  await db().streamDelivery.createMany({ data: Array.from({ length: 103 }, () => earlier) });
  await testStream(acme.owner, stream.ZUID);
  expect(await deliveries(stream)).toHaveLength(100);
  expect(await db().streamDelivery.count({ where: { streamId: stream.ZUID } })).toBe(100);
});

test("a certificate of one's own is trusted where it is given, and nowhere else", async () => {
  const { received, url } = await receiver(() => 200, true);
  const blind = await open({ url });
  expect((await testStream(acme.owner, blind.ZUID)).error).toMatch(/self-signed certificate/);
  const trusting = await open({ url, name: "Trusting", certificate: CERTIFICATE.cert });
  expect(await testStream(acme.owner, trusting.ZUID)).toMatchObject({ status: 200, error: null });
  expect(received).toHaveLength(1);
});

test("syslog over TLS gets each event as a message of its own, counted in octets", async () => {
  const chunks: Buffer[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const port = await listen(
    createSyslogServer(CERTIFICATE, (socket) => {
      socket.on("data", (chunk: Buffer) => chunks.push(chunk));
      socket.on("end", () => end());
    }),
  );
  await seal(0, 2);
  const stream = await open({ kind: "syslog", url: `tls://localhost:${port}`, certificate: CERTIFICATE.cert });
  expect(stream.secret).toBeUndefined();
  await drain();
  await ended;
  const text = Buffer.concat(chunks).toString();
  const messages = [...text.matchAll(/(\d+) (<109>1 [^\n]*?\ufeff\{"n":\d\})/g)];
  expect(messages.map(([, length, message]) => [Number(length), message])).toEqual(
    messages.map(([, , message]) => [Buffer.byteLength(message ?? ""), message]),
  );
  expect(messages.map(([, , message]) => message?.slice(-7))).toEqual(['{"n":0}', '{"n":1}'].map((m) => m.slice(-7)));
  expect(await getStream(acme.owner, stream.ZUID)).toMatchObject({ cursor: 2 });
});

test("what nobody answers at fails with a reason", async () => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  const stream = await open({ url: `http://127.0.0.1:${port}/` });
  expect((await testStream(acme.owner, stream.ZUID)).error).toBe("The connection was refused.");
});
