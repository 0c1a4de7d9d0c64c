import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { fromBase64 } from "./base64";
import { parseCheckpoint } from "./checkpoint";
import { type Hash, hashLeaf, hashNode } from "./merkle";
import { openNote, parseVkey } from "./note";
import { readProof } from "./proofs";
import { getCheckpoint } from "./queries";
import { type ConsistencyProof, type InclusionProof, ReadProof } from "./schema";
import { sealPending } from "./sealer";

let acme: TestOrganization;
const record = (name: string) =>
  writeEvent(db(), acme.owner, { action: "session.started", target: { id: null, name } });

beforeAll(async () => {
  acme = await foundOrganization();
  for (const name of ["zero", "one", "two", "three", "four"]) await record(name);
  await sealPending();
});

const prove = async (query: object) => (await readProof(acme.owner, ReadProof.parse(query))) as InclusionProof;
const hex = (hash: Hash | undefined) => Buffer.from(hash ?? []).toString("hex");

describe("a proof", () => {
  it("leads from an event's record to the root that was signed", async () => {
    const [, , event] = await acme.events();
    const proof = await prove({ event: event?.id, size: 5 });
    expect([proof.seq, proof.size, proof.hashes.length]).toEqual([2, 5, 3]);
    const [three, pair, four] = proof.hashes.map(fromBase64) as [Hash, Hash, Hash];
    const root = hashNode(hashNode(pair, hashNode(hashLeaf(proof.record as string), three)), four);
    const { body } = openNote(
      proof.checkpoint,
      proof.keys.map(({ vkey }) => parseVkey(vkey)),
    );
    expect(hex(parseCheckpoint(body).root)).toBe(hex(root));
  });

  it("of an event by its place is the same", async () => {
    const [, , event] = await acme.events();
    expect(await prove({ seq: "2", size: "5" })).toEqual(await prove({ event: event?.id, size: 5 }));
  });

  it("of consistency leads from an earlier root to a later one", async () => {
    await record("five");
    await sealPending();
    const proof = (await readProof(acme.owner, ReadProof.parse({ from: 4, to: 5 }))) as ConsistencyProof;
    const [four] = proof.hashes.map(fromBase64) as [Hash];
    const [older, later] = await Promise.all([getCheckpoint(acme.owner, { size: 5 }), prove({ seq: 3, size: 5 })]);
    const [two, pair] = later.hashes.map(fromBase64) as [Hash, Hash];
    const rootOfFour = hashNode(pair, hashNode(two, hashLeaf(later.record as string)));
    expect(older.root).toBe(Buffer.from(hashNode(rootOfFour, four)).toString("base64"));
    expect([proof.from, proof.to, proof.hashes.length]).toEqual([4, 5, 1]);
  });

  it("is read by who may read the trail, and its reading is on the trail", async () => {
    const auditor = await acme.as("Auditor");
    await readProof(auditor, ReadProof.parse({ seq: 0, size: 5 }));
    expect((await acme.events()).at(-1)).toMatchObject({
      action: "trail.proof_read",
      actorId: auditor.principal.id,
      targetName: "trail",
      outcome: "allowed",
      after: { proof: "event 0 of 5" },
    });
    const developer = await acme.as("Developer");
    expect(await codeOf(readProof(developer, { seq: 0 }))).toBe("forbidden");
    expect((await acme.events()).at(-1)).toMatchObject({ action: "trail.proof_read", outcome: "denied" });
    expect(await codeOf(getCheckpoint(developer, {}))).toBe("forbidden");
  });

  it("of another organization's event is not found, nor is one beyond what was signed", async () => {
    const globex = await foundOrganization();
    const [event] = await acme.events();
    const ask = (query: object) => codeOf(readProof(globex.owner, ReadProof.parse(query)));
    const before = await globex.events();
    expect(await ask({ event: event?.id })).toBe("not_found");
    expect(await ask({ seq: 0 })).toBe("not_found");
    expect(await ask({ from: 1 })).toBe("not_found");
    expect(await codeOf(getCheckpoint(globex.owner, {}))).toBe("not_found");
    expect(await globex.events()).toEqual(before);
    expect(await codeOf(readProof(acme.owner, { seq: 900 }))).toBe("not_found");
    expect(await codeOf(readProof(acme.owner, { seq: 4, size: 4 }))).toBe("not_found");
    expect(await codeOf(readProof(acme.owner, { from: 3, to: 900 }))).toBe("not_found");
    expect(await codeOf(readProof(acme.owner, { from: 5, to: 4 }))).toBe("not_found");
  });

  it("of an event that no checkpoint has yet has to be asked for again", async () => {
    await record("too new");
    const event = (await acme.events()).at(-1)?.id as string;
    expect(await codeOf(readProof(acme.owner, { event }))).toBe("conflict");
    await sealPending();
    expect(await codeOf(readProof(acme.owner, { event }))).toBe("none");
  });

  it.each([
    {},
    { event: "15-19a00000000-bcdfghjk", seq: 1 },
    { from: 0 },
    { seq: 1, to: 2 },
    { from: 1, size: 2 },
    { seq: -1 },
    { seq: 1.5 },
  ])("is refused with %j", (query) => expect(ReadProof.safeParse(query).success).toBe(false));
});

describe("a checkpoint", () => {
  it("is the newest, or the one of the size that is asked for, with the keys to check it", async () => {
    const newest = await getCheckpoint(acme.owner, {});
    const earlier = await getCheckpoint(acme.owner, { size: 5 });
    expect(earlier.size).toBe(5);
    expect(newest.size).toBeGreaterThan(5);
    expect(newest.origin).toBe(`latchkey/${acme.id}`);
    const keys = newest.keys.map(({ vkey }) => parseVkey(vkey));
    expect(parseCheckpoint(openNote(newest.note, keys).body).size).toBe(newest.size);
  });

  it("is not there for a size at which nothing was signed", async () => {
    expect(await codeOf(getCheckpoint(acme.owner, { size: 2 }))).toBe("not_found");
  });
});
