import { createHash } from "node:crypto";
import { expect, test, type World } from "./world";

interface Proof {
  seq: number;
  record: string;
  size: number;
  hashes: string[];
  checkpoint: string;
}

const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** A change of the owner and the proof of its event, once it is sealed. */
async function proveOne(world: World): Promise<Proof> {
  const { owner } = world.callers;
  const changed = await world.send(owner, "PATCH", `/v1/apps/${world.target.app}`, { description: `At ${Date.now()}` });
  const [event] = await world.done<{ ZUID: string }[]>(owner, "GET", `/v1/audit-events?request=${changed.requestId}`);
  const path = `/v1/audit/proof?event=${event?.ZUID}`;
  await expect.poll(async () => (await world.send(owner, "GET", path)).status).toBe(200);
  return world.done<Proof>(owner, "GET", path);
}

test("within seconds a change can be proved to be in what the server has signed", async ({ world }) => {
  const { seq, record, size, hashes, checkpoint } = await proveOne(world);
  expect(JSON.parse(record)).toMatchObject({ action: "app.updated", seq, log: world.server.seed.acme.id });
  // RFC 9162, 2.1.3.2.
  let [fn, sn, root] = [seq, size - 1, sha256("\0", record)];
  for (const hash of hashes.map((text) => Buffer.from(text, "base64"))) {
    if (fn % 2 === 1 || fn === sn) {
      root = sha256("\x01", hash, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else root = sha256("\x01", root, hash);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  expect(checkpoint.split("\n").slice(0, 3)).toEqual([
    `latchkey/${world.server.seed.acme.id}`,
    String(size),
    root.toString("base64"),
  ]);
});

test("a checkpoint is answered with the keys that verify it, and asking for it makes no news", async ({ world }) => {
  const { owner } = world.callers;
  await proveOne(world);
  const newest = () => world.done<{ size: number; note: string; keys: object[] }>(owner, "GET", "/v1/audit/checkpoint");
  await expect.poll(async () => (await newest()).size === (await newest()).size).toBe(true);
  const { size, note, keys } = await newest();
  expect(note.split("\n")[1]).toBe(String(size));
  expect(keys).toEqual([
    { vkey: expect.stringMatching(/^latchkey-[0-9a-f]{8}\+[0-9a-f]{8}\+\S{44}$/), endorsement: null },
  ]);
});

for (const [query, status] of [
  ["proof", 422],
  ["proof?event=x", 422],
  ["proof?seq=-1", 422],
  ["proof?seq=1e999", 422],
  ["proof?seq=9007199254740991", 404],
  ["proof?from=1&to=9007199254740991", 404],
  ["proof?from=0", 422],
  ["proof?seq=0&from=1", 422],
  ["proof?seq=0&size=9007199254740991", 404],
  ["checkpoint?size=0", 422],
  ["checkpoint?size=9007199254740991", 404],
  ["checkpoint?size=two", 422],
] as const) {
  test(`/v1/audit/${query} is answered ${status}`, async ({ world }) => {
    expect((await world.send(world.callers.auditor, "GET", `/v1/audit/${query}`)).status).toBe(status);
  });
}

test("of those who may not read the trail nobody gets a checkpoint or a proof", async ({ world }) => {
  const event = world.target.event;
  for (const path of ["checkpoint", `proof?event=${event}`]) {
    const statusOf = async (caller: keyof World["callers"]) =>
      (await world.send(world.callers[caller], "GET", `/v1/audit/${path}`)).status;
    expect([await statusOf("none"), await statusOf("developer"), await statusOf("restricted key")]).toEqual([
      401, 403, 403,
    ]);
    expect([await statusOf("owner"), await statusOf("auditor"), await statusOf("full key")]).toEqual([200, 200, 200]);
    expect(await statusOf("foreign owner")).toBe(path === "checkpoint" ? 200 : 404);
  }
});
