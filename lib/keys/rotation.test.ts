import { beforeAll, describe, expect, test } from "vitest";
import { RotateCredential } from "@/lib/credentials/schema";
import { db } from "@/lib/kernel/db";
import { revokeKey } from "@/lib/keys/commands";
import { getKey } from "@/lib/keys/queries";
import { extendRotation, rollBackRotation, rotateKey } from "@/lib/keys/rotation";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, type TestOrganization, textOf } from "@/lib/testing/organization";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const works = async (key: string) => (await codeOf(ctxOfKey(key))) === "none";
const lastEvent = async () => (await acme.events()).at(-1);

/** As if the rotation had begun so many hours earlier. */
const begunHoursAgo = (keyId: string, hours: number) =>
  db().$executeRaw`
    update credential_version set created_at = created_at - ${hours} * interval '1 hour',
      ends_at = ends_at - ${hours} * interval '1 hour' where credential_id = ${keyId}`;

const hoursLeft = async (keyId: string) => {
  const { versions } = await getKey(acme.owner, keyId);
  return (Date.parse(versions[1]?.endsAt ?? "") - Date.now()) / HOUR;
};

describe("rotating", () => {
  test("leaves both values working until the overlap ends, and one event without the secret", async () => {
    const { keyId, key } = await newKey(acme);
    const { key: second, ...record } = await rotateKey(acme.owner, keyId, { overlapHours: 1 });
    expect(record).toMatchObject({
      ZUID: keyId,
      status: "rotating",
      version: 2,
      hint: `lkk_…${second.slice(-4)}`,
      versions: [
        { version: 2, status: "live", endsAt: null },
        { version: 1, status: "live" },
      ],
    });
    expect([await works(key), await works(second)]).toEqual([true, true]);
    const event = await lastEvent();
    expect(event).toMatchObject({
      action: "key.rotated",
      targetId: keyId,
      before: { version: 1 },
      after: { version: 2 },
    });
    expect(textOf(event)).not.toContain(second.slice(4, 40));

    await begunHoursAgo(keyId, 1.01);
    expect([await works(key), await works(second)]).toEqual([false, true]);
    expect(await getKey(acme.owner, keyId)).toMatchObject({ status: "active", version: 2 });
  });

  test("takes the organization's default overlap of seven days, and none that exceeds thirty", async () => {
    const { keyId } = await newKey(acme);
    await rotateKey(acme.owner, keyId, {});
    expect(await hoursLeft(keyId)).toBeCloseTo(168, 1);
    const other = await newKey(acme);
    expect(await codeOf(rotateKey(acme.owner, other.keyId, { overlapHours: 721 }))).toBe("invalid_input");
    expect(await codeOf(rotateKey(acme.owner, other.keyId, { overlapHours: 720 }))).toBe("none");
  });

  test("without an overlap ends the old value at once", async () => {
    const { keyId, key } = await newKey(acme);
    const { key: second } = await rotateKey(acme.owner, keyId, { overlapHours: 0 });
    expect([await works(key), await works(second)]).toEqual([false, true]);
  });

  test("never carries a value past the key's own expiry", async () => {
    const { keyId, key } = await newKey(acme, { expiresAt: inHours(2) });
    const { key: second, versions } = await rotateKey(acme.owner, keyId, { overlapHours: 24 });
    expect(Date.parse(versions[1]?.endsAt ?? "")).toBeLessThanOrEqual(Date.now() + 2 * HOUR);
    await db().$executeRaw`update credential set expires_at = now() - interval '1 second' where id = ${keyId}`;
    expect([await works(key), await works(second)]).toEqual([false, false]);
    expect(await codeOf(rotateKey(acme.owner, keyId, {}))).toBe("conflict");
  });

  test("is refused while one is under way, and of ten parallel ones one wins", async () => {
    const { keyId } = await newKey(acme);
    const codes = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(rotateKey(acme.owner, keyId, { overlapHours: 1 }))),
    );
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect(codes.filter((code) => code === "conflict")).toHaveLength(9);
    expect((await getKey(acme.owner, keyId)).versions).toHaveLength(2);
    expect(
      (await acme.events()).filter((event) => event.targetId === keyId && event.action === "key.rotated"),
    ).toHaveLength(1);
  });

  test.each([{ overlapHours: -1 }, { overlapHours: "1" }, { overlapHours: 1e9 }, { overlapHours: null }, { hours: 1 }])(
    "refuses %j",
    (input) => {
      expect(RotateCredential.safeParse(input).success).toBe(false);
    },
  );
});

describe("while a rotation is under way", () => {
  test("finishing it ends the old value at once", async () => {
    const { keyId, key } = await newKey(acme);
    const { key: second } = await rotateKey(acme.owner, keyId, { overlapHours: 24 });
    expect(await extendRotation(acme.owner, keyId, { overlapHours: 0 })).toMatchObject({
      status: "active",
      version: 2,
    });
    expect([await works(key), await works(second)]).toEqual([false, true]);
    expect(await lastEvent()).toMatchObject({ action: "key.rotation_finished", targetId: keyId });
    expect(await codeOf(extendRotation(acme.owner, keyId, { overlapHours: 1 }))).toBe("conflict");
  });

  test("extending it counts from now, and the whole overlap stays within the policy", async () => {
    const { keyId, key } = await newKey(acme);
    await rotateKey(acme.owner, keyId, { overlapHours: 500 });
    await begunHoursAgo(keyId, 480);
    await extendRotation(acme.owner, keyId, { overlapHours: 200 });
    expect(await hoursLeft(keyId)).toBeCloseTo(200, 1);
    expect(await lastEvent()).toMatchObject({ action: "key.rotation_extended", targetId: keyId });
    expect(await codeOf(extendRotation(acme.owner, keyId, { overlapHours: 241 }))).toBe("invalid_input");
    expect(await works(key)).toBe(true);
  });

  test("rolling it back drops the unused successor and gives the old value its life back", async () => {
    const { keyId, key } = await newKey(acme);
    const { key: second } = await rotateKey(acme.owner, keyId, { overlapHours: 1 });
    expect(await rollBackRotation(acme.owner, keyId)).toMatchObject({ status: "active", version: 1 });
    expect([await works(key), await works(second)]).toEqual([true, false]);
    expect(await lastEvent()).toMatchObject({ action: "key.rotation_rolled_back", targetId: keyId });
    const { key: third, version } = await rotateKey(acme.owner, keyId, { overlapHours: 1 });
    expect(version).toBe(3);
    expect([await works(key), await works(second), await works(third)]).toEqual([true, false, true]);
  });

  test("a successor that was used, even a moment ago, is not rolled back", async () => {
    const { keyId, key } = await newKey(acme);
    const { key: second } = await rotateKey(acme.owner, keyId, { overlapHours: 1 });
    expect(await works(second)).toBe(true);
    expect(await codeOf(rollBackRotation(acme.owner, keyId))).toBe("conflict");
    expect([await works(key), await works(second)]).toEqual([true, true]);
  });

  test("finishing and rolling back at once leaves one value working, never none", async () => {
    for (let i = 0; i < 10; i++) {
      const { keyId, key } = await newKey(acme);
      const { key: second } = await rotateKey(acme.owner, keyId, { overlapHours: 1 });
      const codes = await Promise.all([
        codeOf(extendRotation(acme.owner, keyId, { overlapHours: 0 })),
        codeOf(rollBackRotation(acme.owner, keyId)),
      ]);
      expect(codes.sort()).toEqual(["conflict", "none"]);
      expect([await works(key), await works(second)].filter(Boolean)).toHaveLength(1);
    }
  });

  test("rotating and revoking at once hands out no value that works", async () => {
    for (let i = 0; i < 10; i++) {
      const { keyId, key } = await newKey(acme);
      const [rotated] = await Promise.all([
        rotateKey(acme.owner, keyId, { overlapHours: 1 }).catch(() => undefined),
        revokeKey(acme.owner, keyId, {}),
      ]);
      expect(await works(key)).toBe(false);
      if (rotated) expect(await works(rotated.key)).toBe(false);
    }
  });
});
