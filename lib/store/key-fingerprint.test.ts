import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { writeBackup } from "@/lib/backup/write";
import { db } from "@/lib/kernel/db";
import { newFolder } from "@/lib/testing/restoring";
import { testStore } from "@/lib/testing/setup";
import { requireSameKey } from "./key-fingerprint";

const start = (secretKey: string) => requireSameKey(db(), { dataDir: "unused", secretKey });
const FIRST = "the first key of the deployment, 40 char";
const OTHER = "another key that somebody made, 40 chars";

beforeEach(async () => {
  await db().keyFingerprint.deleteMany();
});

test("processes with the key of the first one start, one with another key does not and is told how to change it", async () => {
  await start(FIRST);
  await start(FIRST);
  await expect(start(OTHER)).rejects.toThrow("Give all processes the same SECRET_KEY.");
  await expect(start(OTHER)).rejects.toThrow("run `delete from key_fingerprint`");
  await db().$executeRaw`delete from key_fingerprint`;
  await start(OTHER);
  await expect(start(FIRST)).rejects.toThrow("SECRET_KEY");
});

test("no backup is sealed with another key than the database's: it would open with neither", async () => {
  const file = path.join(await newFolder(), "backup");
  const backUp = (secretKey: string) => writeBackup(testStore(), file, { dataDir: "unused", secretKey });
  await start(FIRST);
  await expect(backUp(OTHER)).rejects.toThrow("is not the one this database is used with");
  expect((await backUp(FIRST)).bytes).toBeGreaterThan(0);
});

test("of processes that start together with different keys only those with one of them go on", async () => {
  const keys = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? FIRST : OTHER));
  const outcomes = await Promise.allSettled(keys.map(start));
  const started = keys.filter((_, i) => outcomes[i]?.status === "fulfilled");
  expect(started).toHaveLength(5);
  expect(new Set(started).size).toBe(1);
});

test("the fingerprint holds nothing of the key and there is one", async () => {
  await start(FIRST);
  const [row] = await db().keyFingerprint.findMany();
  expect(Buffer.from(row?.fingerprint ?? []).toString("hex")).toMatch(/^[0-9a-f]{64}$/);
  expect(Buffer.from(row?.fingerprint ?? []).includes("first key")).toBe(false);
  await expect(db().keyFingerprint.create({ data: { id: 2, fingerprint: new Uint8Array(32) } })).rejects.toThrow(
    "key_fingerprint_single_check",
  );
});
