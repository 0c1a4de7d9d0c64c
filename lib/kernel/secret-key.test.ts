import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { deriveKey, secretKey } from "@/lib/kernel/secret-key";
import { buildProgram, startProgram } from "@/lib/testing/program";

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "latchkey-key-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

test("SECRET_KEY is used when it is given, and no file is made", async () => {
  const dataDir = await emptyDirectory();
  expect(secretKey({ dataDir, secretKey: "given by the operator, 32 letters" })).toBe(
    "given by the operator, 32 letters",
  );
  expect(await readdir(dataDir)).toEqual([]);
});

test("processes that start together in a new data directory agree on one key that only the owner can read", async () => {
  const dataDir = path.join(await emptyDirectory(), "data");
  const program = await buildProgram("print-secret-key");
  const keys = await Promise.all(Array.from({ length: 6 }, () => startProgram(program, dataDir).nextLine()));
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(secretKey({ dataDir, secretKey: undefined })).toBe(keys[0]);
  expect(await readdir(dataDir)).toEqual(["secret-key"]);
  expect((await stat(path.join(dataDir, "secret-key"))).mode & 0o777).toBe(0o600);
});

test("a key file that others can read, or that holds no key, is refused", async () => {
  const dataDir = await emptyDirectory();
  const file = path.join(dataDir, "secret-key");
  await writeFile(file, "0".repeat(64));
  await chmod(file, 0o640);
  expect(() => secretKey({ dataDir, secretKey: undefined })).toThrow(`Run: chmod 600 ${file}`);
  await writeFile(file, "");
  await chmod(file, 0o600);
  expect(() => secretKey({ dataDir, secretKey: undefined })).toThrow("holds no key");
});

test("each purpose has a key of its own", () => {
  const settings = { dataDir: "/nowhere", secretKey: "x".repeat(32) };
  // Computed once with OpenSSL: kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt key:x… -kdfopt info:"latchkey session cookie" HKDF
  expect(deriveKey("session cookie", settings).toString("hex")).toBe(
    "77decc9ba5e0a99100084ea03c635beaf8705c0b80191fd728b799bc72b086f0",
  );
  expect(deriveKey("cursor", settings)).not.toEqual(deriveKey("session cookie", settings));
});
