import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { digestOf } from "@/lib/kernel/secrets";
import { generateKey, revokeKey } from "@/lib/keys/commands";
import { getKey } from "@/lib/keys/queries";
import { GenerateKey } from "@/lib/keys/schema";
import { newApp, newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, textOf, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const eventsOf = async (id: string) => (await acme.events()).filter(({ targetId }) => targetId === id);
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

describe("generating a key", () => {
  test("answers with its value once and keeps only the digest and a hint", async () => {
    const appId = await newApp(acme);
    const expiresAt = inHours(24 * 30);
    const { key, ...record } = await generateKey(
      acme.owner,
      appId,
      GenerateKey.parse({
        name: "Production",
        expiresAt,
        allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"],
        rateLimit: { requests: 100, seconds: 60 },
      }),
    );
    expect(key).toMatch(/^lkk_[0-9A-Za-z]{42}$/);
    expect(record).toMatchObject({
      appZUID: appId,
      name: "Production",
      status: "active",
      hint: `lkk_…${key.slice(-4)}`,
      version: 1,
      notBefore: null,
      expiresAt,
      allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"],
      rateLimit: { requests: 100, seconds: 60 },
      createdByName: "Olivia Owner",
      versions: [{ version: 1, status: "live", endsAt: null }],
    });
    const [version] = (
      await db().credential.findUniqueOrThrow({ where: { id: record.ZUID }, include: { versions: true } })
    ).versions;
    expect(Buffer.from(version?.digest ?? [])).toEqual(Buffer.from(digestOf(key)));
    expect(await getKey(acme.owner, record.ZUID)).toEqual(record);
    const [event, ...more] = await eventsOf(record.ZUID);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ action: "key.generated", targetName: "Production", appId, outcome: "allowed" });
    expect(textOf(event)).not.toContain(key.slice(4, 40));
  });

  test("is an Owner's or Admin's of the organization: everybody else leaves a denied event and no key", async () => {
    const { appId, key } = await newKey(acme);
    expect(await codeOf(generateKey(await acme.as("Admin"), appId, { name: "By an admin" }))).toBe("none");
    const refused = [
      await acme.as("Developer"),
      await acme.as("Auditor"),
      await acme.as("Access Admin"),
      await acme.as("Owner", acme.instanceId),
      await ctxOfKey(key),
    ];
    for (const ctx of refused) {
      const keys = await db().credential.count();
      expect(await codeOf(generateKey(ctx, appId, { name: "Mine" }))).toBe("forbidden");
      expect(await db().credential.count()).toBe(keys);
      expect((await acme.events()).at(-1)).toMatchObject({
        action: "key.generated",
        actorId: ctx.principal.id,
        outcome: "denied",
      });
    }
  });

  test("in another organization's app, a deleted one or none is all the same", async () => {
    const appId = await newApp(acme);
    expect(await codeOf(generateKey(globex.owner, appId, { name: "Mine" }))).toBe("not_found");
    expect(await codeOf(generateKey(globex.owner, "80-71cfc74-nothing", { name: "Mine" }))).toBe("not_found");
    expect(await db().credential.count({ where: { appId } })).toBe(0);
  });

  test("refuses a name a living key of the app has; a revoked key frees its name", async () => {
    const { appId, keyId } = await newKey(acme, { name: "Unique" });
    expect(await codeOf(generateKey(acme.owner, appId, { name: "unique" }))).toBe("conflict");
    await revokeKey(acme.owner, keyId, {});
    expect(await codeOf(generateKey(acme.owner, appId, { name: "Unique" }))).toBe("none");
  });

  test.each([
    {},
    { name: "x" },
    { name: "Key", expiresAt: "tomorrow" },
    { name: "Key", expiresAt: 1_900_000_000 },
    { name: "Key", allowedCidrs: ["203.0.113.0/33"] },
    { name: "Key", allowedCidrs: "203.0.113.0/24" },
    { name: "Key", rateLimit: { requests: 0, seconds: 60 } },
    { name: "Key", rateLimit: { requests: 1.5, seconds: 60 } },
    { name: "Key", rateLimit: { requests: 5 } },
    { name: "Key", key: "lkk_mine" },
    { name: "Key", id: "56-1-x" },
  ])("refuses %j", (input) => {
    expect(GenerateKey.safeParse(input).success).toBe(false);
  });

  test("refuses an end that has passed and a beginning after the end", async () => {
    const appId = await newApp(acme);
    const generate = (over: object) => codeOf(generateKey(acme.owner, appId, { name: "Times", ...over }));
    expect(await generate({ expiresAt: inHours(-1) })).toBe("invalid_input");
    expect(await generate({ notBefore: inHours(2), expiresAt: inHours(1) })).toBe("invalid_input");
    expect(await generate({ notBefore: inHours(1), expiresAt: inHours(2) })).toBe("none");
  });
});
