import { beforeAll, expect, test } from "vitest";
import { authenticate } from "@/lib/auth/authenticate";
import { type Db, db, provideDb } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, ORIGIN, type TestOrganization } from "@/lib/testing/organization";
import { flushUsage } from "@/lib/verification/usage";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

/** How often the work touched the database's client. */
async function touchesDuring(work: () => Promise<unknown>): Promise<number> {
  const client = db();
  let touches = 0;
  const counted = new Proxy(client, {
    get: (target, property) => {
      touches++;
      return Reflect.get(target, property) as unknown;
    },
  });
  provideDb(counted as Db);
  await work().finally(() => provideDb(client));
  return touches;
}

test("10,000 keys with one character changed are refused without asking the database", async () => {
  const { key } = await newKey(acme);
  let refused = 0;
  const touches = await touchesDuring(async () => {
    for (let i = 0; i < 10_000; i++) {
      const at = i % key.length;
      const other = BASE62[(BASE62.indexOf(key[at] as string) + 1 + (i % 61)) % 62] as string;
      const mutation = key.slice(0, at) + other + key.slice(at + 1);
      if ((await codeOf(ctxOfKey(mutation))) === "credential_malformed") refused++;
    }
  });
  expect([refused, touches]).toEqual([10_000, 0]);
});

test("a well-formed key that nobody has is looked up and unknown; an app secret is no key", async () => {
  const unknown = mintSecret("api_key").value;
  expect(await touchesDuring(async () => codeOf(ctxOfKey(unknown)))).toBeGreaterThan(0);
  expect(await codeOf(ctxOfKey(unknown))).toBe("credential_unknown");
  expect(await codeOf(ctxOfKey(mintSecret("app_secret").value))).toBe("credential_malformed");
});

test("a flood of values that nobody has asks the database a few times, and each is told that it is unknown", async () => {
  const one = await touchesDuring(async () => codeOf(ctxOfKey(mintSecret("api_key").value)));
  const codes = new Set<string>();
  const touches = await touchesDuring(async () => {
    const flood = Array.from({ length: 320 }, () => codeOf(ctxOfKey(mintSecret("api_key").value)));
    for (const code of await Promise.all(flood)) codes.add(code);
  });
  expect([...codes]).toEqual(["credential_unknown"]);
  // Three begin at once, the others are found by 32.
  expect(touches).toBeLessThanOrEqual(14 * one);
});

test("the last use is remembered with its address and program, and never moves back", async () => {
  const { keyId, key } = await newKey(acme);
  await ctxOfKey(key, "198.51.100.4");
  await flushUsage();
  const used = () => db().credentialVersion.findFirstOrThrow({ where: { credentialId: keyId } });
  const first = await used();
  expect(first).toMatchObject({ lastUsedIp: "198.51.100.4", lastUserAgent: "test" });
  await db().credentialVersion.updateMany({
    where: { credentialId: keyId },
    data: { lastUsedAt: new Date("2099-01-01"), lastUsedIp: "later" },
  });
  await ctxOfKey(key, "198.51.100.5");
  await flushUsage();
  expect((await used()).lastUsedIp).toBe("later");
});

test("a refused key leaves no mark of use", async () => {
  const { keyId, key } = await newKey(acme, { allowedCidrs: ["203.0.113.0/24"] });
  expect(await codeOf(ctxOfKey(key, "198.51.100.4"))).toBe("network_not_allowed");
  await flushUsage();
  const version = await db().credentialVersion.findFirstOrThrow({ where: { credentialId: keyId } });
  expect(version.lastUsedAt).toBeNull();
});

test("of a flood from a foreign network ten refusals a minute are recorded, and the key's own limit is left alone", async () => {
  const { keyId, key } = await newKey(acme, {
    allowedCidrs: ["203.0.113.0/24"],
    rateLimit: { requests: 5, seconds: 60 },
  });
  for (let i = 0; i < 30; i++) expect(await codeOf(ctxOfKey(key, `198.51.100.${i}`))).toBe("network_not_allowed");
  const recorded = (await acme.events()).filter(({ actorId, outcome }) => actorId === keyId && outcome === "denied");
  expect(recorded).toHaveLength(10);
  expect(await codeOf(ctxOfKey(key, "203.0.113.9"))).toBe("none");
});

test("a cookie that is none of ours is nobody's", async () => {
  for (const cookie of ["latchkey-session=", "latchkey-session=x", "latchkey-session=a.b.c.d.e", "other=1"]) {
    const nobody = authenticate(new Headers({ cookie }), new URL("http://localhost/"), ORIGIN);
    expect(await codeOf(nobody), cookie).toBe("unauthenticated");
  }
});
