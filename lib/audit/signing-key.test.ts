import { beforeAll, expect, it } from "vitest";
import { db } from "@/lib/kernel/db";
import { deriveKey } from "@/lib/kernel/secret-key";
import { foundOrganization, ORIGIN } from "@/lib/testing/organization";
import { writeEvent } from "@/lib/kernel/events";
import { openNote, parseVkey } from "./note";
import { sealPending } from "./sealer";
import { keysBefore, listKeys, rotateSigningKey, signingKey } from "./signing-key";
import { verifyStore } from "./store/verify";

beforeAll(async () => {
  const { owner } = await foundOrganization();
  await writeEvent(db(), owner, { action: "session.started", target: { id: null, name: "first" } });
  await sealPending();
});

it("the signing key follows from the secret key, so that every process has the same and none is stored", async () => {
  const { seed, key } = await db().$transaction(signingKey);
  expect(Buffer.from(seed)).toEqual(deriveKey("audit signing key 1"));
  const stored = JSON.stringify(await db().$queryRaw`select * from audit_key`);
  expect(stored).toContain(key.name);
  expect(stored).not.toContain(Buffer.from(seed).toString("base64"));
});

it("a key that takes another's place is endorsed by it, signs from then on, and is on the deployment's trail", async () => {
  const next = await rotateSigningKey(ORIGIN);
  const [first, second] = await listKeys();
  const { body, signer } = openNote(second?.endorsement as string, [parseVkey(first?.vkey as string)]);
  expect(body).toBe(`latchkey-key-rotation\n${first?.vkey}\n${second?.vkey}\n`);
  expect([first?.endorsement, signer.name]).toEqual([null, parseVkey(first?.vkey as string).name]);
  await sealPending();
  const newest = await db().auditCheckpoint.findFirst({ orderBy: { position: "desc" } });
  expect(newest?.logId).toBe("deployment");
  expect(openNote(newest?.note as string, [next]).signer).toEqual(next);
  const event = await db().auditEvent.findFirst({ where: { action: "trail.key_rotated" } });
  expect(event).toMatchObject({ organizationId: null, before: { key: first?.vkey }, after: { key: second?.vkey } });
});

const foreign = (id: string, generation: number) => ({
  id,
  generation,
  publicKey: new Uint8Array(32).fill(generation),
});

it("a key that somebody lists after ours signs nothing, is not believed, and is told of by who verifies", async () => {
  await db().auditKey.create({ data: foreign("latchkey-00000000", 3) });
  const signing = await db().$transaction(signingKey);
  expect(signing.generation).toBe(2);
  const names = (await db().$transaction((tx) => keysBefore(tx, signing))).map(({ name }) => name);
  expect(names).toEqual((await listKeys()).slice(0, 2).map(({ vkey }) => parseVkey(vkey).name));
  const { findings } = await verifyStore();
  expect(findings.warnings).toContainEqual(expect.stringContaining("key latchkey-00000000: is not of this secret key"));
  expect((await rotateSigningKey(ORIGIN)).name).toBe((await db().$transaction(signingKey)).key.name);
});

it("after the secret key was replaced a new key signs, which nothing endorses, and goes on from what the old one signed", async () => {
  const lost = foreign("latchkey-11111111", 7);
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`alter table audit_key disable trigger user`;
    await tx.auditKey.deleteMany();
    await tx.auditKey.create({ data: lost });
    await tx.$executeRaw`alter table audit_key enable trigger user`;
  });
  const signing = await db().$transaction(signingKey);
  expect(signing.generation).toBe(8);
  expect((await listKeys()).at(-1)?.endorsement).toBeNull();
  expect((await db().$transaction(signingKey)).key).toEqual(signing.key);
  const before = await db().$transaction((tx) => keysBefore(tx, signing));
  expect(before.map(({ publicKey }) => publicKey)).toContainEqual(lost.publicKey);
});
