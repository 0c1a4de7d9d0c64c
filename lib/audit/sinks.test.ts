import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { getIntegrity } from "./integrity";
import { factIn } from "./process-note";
import { sealPending, startSealer } from "./sealer";
import { splitNotes } from "./verify/outside";
import { configuredSinks, copyCheckpoints, type Sink } from "./sinks";

let directory: string;
let file: string;
let acme: TestOrganization;
let runs = 0;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "latchkey-checkpoints-"));
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(async () => {
  file = path.join(directory, `${++runs}.log`);
  acme = await foundOrganization();
});

async function sealOne(organization = acme): Promise<void> {
  await writeEvent(db(), organization.owner, { action: "session.started", target: { id: null, name: "x" } });
  await sealPending();
}
const fileSink = () => configuredSinks({ file, url: undefined, syslog: undefined })[0] as Sink;
const notes = async () =>
  (await readFile(file, "utf8"))
    .split("\n\n")
    .filter((note) => note.startsWith(`latchkey/${acme.id}`))
    .map((note) => note.split("\n")[1]);
const expireLease = () => db().auditSink.updateMany({ data: { leaseEndsAt: new Date(0) } });

it("the file gets every checkpoint once, in order, and is for this account alone", async () => {
  await sealOne();
  await copyCheckpoints(fileSink());
  await sealOne();
  await sealOne();
  await copyCheckpoints(fileSink());
  await copyCheckpoints(fileSink());
  expect(await notes()).toEqual(["1", "2", "3"]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("a file that is new begins with the newest checkpoint of every log", async () => {
  const globex = await foundOrganization();
  await sealOne();
  await sealOne();
  await sealOne(globex);
  await sealOne();
  await copyCheckpoints(fileSink());
  expect(await notes()).toEqual(["3"]);
  expect(await readFile(file, "utf8")).toContain(`latchkey/${globex.id}\n1\n`);
});

it("a checkpoint follows whole on one that a crash cut off", async () => {
  await sealOne();
  await copyCheckpoints(fileSink());
  await writeFile(file, (await readFile(file, "utf8")).slice(0, -20));
  await sealOne();
  await copyCheckpoints(fileSink());
  expect((await readFile(file, "utf8")).split("\n\n").at(-3)).toBe(`latchkey/${acme.id}\n2\n${await root(2)}`);
});
const root = async (size: number) =>
  Buffer.from((await db().auditCheckpoint.findFirstOrThrow({ where: { logId: acme.id, size } })).root).toString(
    "base64",
  );

it("what a process was interrupted at is told again, by whoever comes after its lease", async () => {
  await sealOne();
  await copyCheckpoints(fileSink());
  await sealOne();
  let isDown = true;
  const failing: Sink = {
    ...fileSink(),
    write: () => (isDown ? Promise.reject(new Error("the disk is full")) : fileSink().write(["never"])),
  };
  await expect(copyCheckpoints(failing)).rejects.toThrow("the disk is full");
  isDown = false;
  await copyCheckpoints(fileSink());
  expect(await notes()).toEqual(["1"]);
  await expireLease();
  await copyCheckpoints(fileSink());
  expect(await notes()).toEqual(["1", "2"]);
});

it("a webhook is posted the notes, and anything but success is a failure that is tried again", async () => {
  const bodies: string[] = [];
  let status = 500;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      if (status === 200) bodies.push(body);
      response.writeHead(status, { location: "http://127.0.0.1:9/" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/checkpoints`);
  const sink = configuredSinks({ file, url, syslog: undefined })[1] as Sink;
  try {
    await sealOne();
    await expect(copyCheckpoints(sink)).rejects.toThrow("answered 500");
    status = 302;
    await expect(copyCheckpoints(sink)).rejects.toThrow("answered 302");
    status = 200;
    await copyCheckpoints(sink);
    expect(bodies.join("")).toContain(`latchkey/${acme.id}\n1\n`);
    const { sinks } = await getIntegrity(acme.owner);
    expect(sinks.filter(({ kind }) => kind === "url").map(({ place }) => place)).toEqual([url.host]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it("a sealer that stops has sealed and copied the last event", async () => {
  const stop = await startSealer({ file, url: undefined, syslog: undefined });
  await writeEvent(db(), acme.owner, { action: "session.ended", target: { id: null, name: "x" } });
  await stop();
  expect(await db().auditPending.count()).toBe(0);
  expect(await notes()).toEqual(["1"]);
  expect(await facts()).toEqual(["started", undefined, "stopped"]);
});

const facts = async () => {
  const told = splitNotes(await readFile(file, "utf8")).map((note) => factIn(note));
  return told.filter((fact, at) => fact !== told[at - 1]);
};

it("a sealer that stops while another process goes on, or before all is copied, does not say that this is the end", async () => {
  const verifier = { id: "another", leaseExpiresAt: new Date(Date.now() + 60_000), appliedSeq: 0 };
  await db().verifier.create({ data: verifier });
  const stop = await startSealer({ file, url: undefined, syslog: undefined });
  await stop();
  await db().verifier.deleteMany();
  expect((await facts()).at(-1)).not.toBe("stopped");

  const again = await startSealer({ file, url: undefined, syslog: undefined });
  await db().auditSink.updateMany({ data: { leaseEndsAt: new Date(Date.now() + 60_000) } });
  await sealOne();
  await again();
  expect((await facts()).at(-1)).toBe("started");
  await expireLease();
});

it("a file that cannot be written stops the start, and says what to set", async () => {
  await writeFile(file, "");
  const below = path.join(file, "checkpoints.log");
  await expect(startSealer({ file: below, url: undefined, syslog: undefined })).rejects.toThrow(
    /Checkpoints cannot be written to .*Set CHECKPOINT_FILE/,
  );
});
