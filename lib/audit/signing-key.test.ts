import { beforeAll, expect, it } from "vitest";
import { db } from "@/lib/kernel/db";
import { deriveKey } from "@/lib/kernel/secret-key";
import { foundOrganization, ORIGIN } from "@/lib/testing/organization";
import { writeEvent } from "@/lib/kernel/events";
import { openNote, parseVkey } from "./note";
import { sealPending } from "./sealer";
import { listKeys, rotateSigningKey, signingKey } from "./signing-key";

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

it("after the secret key was replaced a new key signs, which nothing endorses", async () => {
  const lost = { id: "latchkey-00000000", generation: 3, publicKey: new Uint8Array(32).fill(1), endorsement: "" };
  await db().auditKey.create({ data: lost });
  const { key, generation } = await db().$transaction(signingKey);
  expect(generation).toBe(4);
  expect((await listKeys()).at(-1)?.endorsement).toBeNull();
  expect((await db().$transaction(signingKey)).key).toEqual(key);
});
