import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { unzip } from "@/lib/testing/bundles";
import { run, settingsOf } from "../fixtures/program";
import type { Server } from "../fixtures/start-server";
import { expect, fresh, type Reply, type World } from "./world";

export const LEAKED = "api.canary.leaked";

/** Reports that have the value wherever their reporter may write. */
const reportOf = (value: string) => ({
  credential: value,
  action: LEAKED,
  verb: 2,
  target: { type: "link", id: `x${value}`, name: `see ?token%3D${value}9` },
  outcome: "allowed",
  userAgent: `curl ${value}`,
  details: { [value]: [`a_${value}`, { deep: value, [`k${value}`]: 1 }] },
});

/** And those that are refused, as what names something is not masked. */
const refusedOf = (value: string) => [
  { ...reportOf(value), id: value },
  { ...reportOf(value), requestId: `r${value}` },
  { ...reportOf(value), credential: `${value}x` },
  { ...reportOf(value), action: `api.${value}` },
  { ...reportOf(value), outcome: value },
  { ...reportOf(value), occurredAt: value },
  { ...reportOf(value), instance: value },
  { ...reportOf(value), ip: value },
  { ...reportOf(value), [value]: value },
];

/** Puts the values on the trail in every way an API or a reader can. */
export async function misuseTrail(world: World, values: readonly string[], keep: (reply: Reply) => void) {
  const reporter = world.callers["full key"];
  const { auditor } = world.callers;
  for (const value of values) {
    const reply = await world.send(reporter, "POST", "/v1/audit-events", reportOf(value));
    expect(reply.status, reply.text).toBe(201);
    keep(reply);
    for (const refused of refusedOf(value)) {
      const no = await world.send(reporter, "POST", "/v1/audit-events", refused);
      expect(no.status, no.text).toBe(422);
      keep(no);
    }
    const search = `q=x${value}9`;
    for (const address of ["audit-events?", "audit-events/export?format=csv&", "audit/bundle?"])
      keep(await world.send(auditor, "GET", `/v1/${address}${search}`));
    keep(await world.send(auditor, "POST", "/v1/audit-views", { name: fresh("View"), query: search }));
  }
}

/** A receiver of the trail, from its first event on, and the secrets that sign for it. */
export async function listen({ send, callers }: World) {
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    void text(request).then((body) => {
      received.push(`${JSON.stringify(request.headers)}\n${body}`);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
  const input = { kind: "webhook", name: fresh("Stream"), url, from: "first" };
  const created = await send(callers.owner, "POST", "/v1/streams", input);
  const rotated = await send(callers.owner, "POST", `/v1/streams/${String(created.body.data?.ZUID)}/secret`, {});
  return {
    received,
    secrets: [created, rotated].map((reply) => String(reply.body.data?.secret)),
    close: () => void receiver.close(),
  };
}

/** The files of a bundle that has what was reported. */
export async function bundleTexts({ server, callers }: World): Promise<string[]> {
  const read = async () => {
    const answer = await fetch(`${server.origin}/v1/audit/bundle`, { headers: callers.auditor });
    return [...(await unzip(await answer.blob())).values()];
  };
  let texts: string[] = [];
  await expect.poll(async () => (texts = await read()).join("")).toContain(LEAKED);
  return texts;
}

export async function backupText(server: Server): Promise<string> {
  const file = path.join(server.dataDir, "..", "canary-backup");
  expect(await run("backup", settingsOf(server), file)).toMatchObject({ code: 0, stderr: "" });
  return readFileSync(file, "latin1");
}
