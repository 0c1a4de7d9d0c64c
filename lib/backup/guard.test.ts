import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { sealPending } from "@/lib/audit/sealer";
import { originOf } from "@/lib/audit/checkpoint";
import { signNote } from "@/lib/audit/note";
import { verifyStore } from "@/lib/audit/store/verify";
import { confirmCredentials } from "@/lib/credentials/commands";
import { db } from "@/lib/kernel/db";
import { env } from "@/lib/kernel/env";
import { revokeKey } from "@/lib/keys/commands";
import { listCredentials } from "@/lib/overview/queries";
import { ListCredentials } from "@/lib/overview/schema";
import { newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import {
  codeOf,
  ctxOfKey,
  ctxOfSession,
  ctxOfToken,
  foundOrganization,
  sessionOf,
  type TestOrganization,
} from "@/lib/testing/organization";
import { newFolder, newStore, within } from "@/lib/testing/restoring";
import { testStore } from "@/lib/testing/setup";
import { newToken } from "@/lib/testing/token";
import { findLoss, type Loss } from "./loss";
import { checkBackup } from "./read";
import { restoreBackup } from "./restore";
import { writeBackup } from "./write";

let acme: TestOrganization;
let revoked: { keyId: string; key: string };
let kept: { keyId: string; key: string };
let token: { tokenId: string; token: string };
let login: string;
let file: string;
let outside: string;

/** The outside log, as the file of checkpoints has it: every note, each with a blank line after it. */
async function writeOutside() {
  const checkpoints = await db().auditCheckpoint.findMany({ orderBy: { position: "asc" } });
  await writeFile(outside, checkpoints.map(({ note }) => `${note}\n`).join(""));
}

beforeEach(async () => {
  acme = await foundOrganization();
  revoked = await newKey(acme, { name: "Stolen" });
  kept = await newKey(acme);
  token = await newToken(acme);
  const { logIn } = await newLoginClient(acme);
  login = String((await logIn()).credentials.access_token);
  await sealPending();
  const folder = await newFolder();
  file = path.join(folder, "backup");
  outside = path.join(folder, "checkpoints.log");
  await writeBackup(testStore(), file, env());
});

async function restored(loss: Loss) {
  const store = await newStore();
  const guarded = await restoreBackup(store, file, await checkBackup(file, env()), loss, env());
  return { store, guarded };
}

const loss = async () => findLoss(outside, (await checkBackup(file, env())).header, env());

test("a key that was revoked after the backup does not come back to life with it", async () => {
  await revokeKey(acme.owner, revoked.keyId, { reason: "stolen" });
  await sealPending();
  await writeOutside();
  const found = await loss();
  expect(found).toMatchObject({ kind: "some" });
  const { store, guarded } = await restored(found);
  await within(store, async () => {
    for (const { key } of [revoked, kept]) expect(await codeOf(ctxOfKey(key))).toBe("credential_disabled");
    expect(await codeOf(ctxOfToken(token.token))).toBe("credential_disabled");
    await expect(ctxOfKey(revoked.key)).rejects.toThrow("was restored from a backup and waits for confirmation");
    expect(guarded.quarantined).toBeGreaterThanOrEqual(3);
    expect(await db().auditLog.findUniqueOrThrow({ where: { logId: acme.id } })).toMatchObject({ epoch: 2 });
  });
});

test("negative control: without the guard it would", async () => {
  await revokeKey(acme.owner, revoked.keyId, { reason: "stolen" });
  expect(await codeOf(ctxOfKey(revoked.key))).toBe("credential_revoked");
  const { store } = await restored({ kind: "none", events: 0 });
  await within(store, async () => expect(await codeOf(ctxOfKey(revoked.key))).toBe("none"));
});

test("when the checkpoints show that nothing happened since, keys and tokens go on; sessions and logins end", async () => {
  await writeOutside();
  const found = await loss();
  expect(found).toEqual({ kind: "none", events: 0 });
  const { store } = await restored(found);
  await within(store, async () => {
    expect(await codeOf(ctxOfKey(kept.key))).toBe("none");
    expect(await codeOf(ctxOfToken(token.token))).toBe("none");
    expect(await codeOf(ctxOfToken(login))).toBe("credential_revoked");
    expect(await codeOf(ctxOfSession(sessionOf(acme.owner)))).toBe("session_ended");
    expect(await db().auditLog.findUniqueOrThrow({ where: { logId: acme.id } })).toMatchObject({ epoch: 1 });
    const last = await db().auditEvent.findFirst({ where: { organizationId: acme.id }, orderBy: { position: "desc" } });
    expect(last).toMatchObject({ action: "deployment.restored", actorType: "system", after: { lost: "none" } });
    await sealPending();
    expect((await verifyStore()).findings.failures).toEqual([]);
  });
});

test("an Owner confirms what came back, one or many, each with its event; nobody confirms anything else", async () => {
  const { store } = await restored({ kind: "unknown", events: 0 });
  await within(store, async () => {
    await db().session.updateMany({ where: { organizationId: acme.id }, data: { endedAt: null } });
    const [owner, auditor] = [await ctxOfSession(sessionOf(acme.owner)), await acme.as("Auditor")];
    const waiting = await listCredentials(owner, ListCredentials.parse({ state: "restored" }));
    expect(waiting.rows.map(({ ZUID, status }) => [ZUID, status])).toEqual(
      expect.arrayContaining([kept.keyId, revoked.keyId, token.tokenId].map((id) => [id, "restored"])),
    );
    const credentials = [kept.keyId, token.tokenId];
    expect(await codeOf(confirmCredentials(auditor, { credentials }))).toBe("forbidden");
    const foreign = (await foundOrganization()).owner;
    expect(await codeOf(confirmCredentials(foreign, { credentials }))).toBe("not_found");
    expect(await confirmCredentials(owner, { credentials })).toEqual({ confirmed: 2 });
    expect(await codeOf(ctxOfKey(kept.key))).toBe("none");
    expect(await codeOf(ctxOfToken(token.token))).toBe("none");
    expect(await codeOf(ctxOfKey(revoked.key))).toBe("credential_disabled");
    const events = await db().auditEvent.findMany({
      where: { targetId: { in: credentials } },
      orderBy: { position: "asc" },
    });
    expect(
      events
        .slice(-2)
        .map(({ action, actorId }) => [action, actorId])
        .sort(),
    ).toEqual([
      ["key.confirmed", owner.principal.id],
      ["token.confirmed", owner.principal.id],
    ]);
    expect(await codeOf(confirmCredentials(owner, { credentials }))).toBe("not_found");
    await sealPending();
    expect((await verifyStore()).findings.failures).toEqual([]);
  });
});

describe("the outside checkpoints", () => {
  test("that are missing, or end before the backup, tell nothing", async () => {
    expect(await loss()).toEqual({ kind: "unknown", events: 0 });
    await writeOutside();
    const first = await db().auditCheckpoint.findFirstOrThrow({ orderBy: { position: "asc" } });
    await writeFile(outside, `${first.note}\n`);
    expect((await loss()).kind).toBe("unknown");
  });

  test("tell how many events are missing, also of an organization that is newer than the backup", async () => {
    await writeOutside();
    const young = await foundOrganization();
    await newKey(young);
    await newKey(acme);
    await sealPending();
    await writeOutside();
    expect(await loss()).toEqual({ kind: "some", events: 4 });
  });

  test("that nobody of this deployment has signed count for nothing", async () => {
    await writeOutside();
    const body = `${originOf(acme.id, 1)}\n999\n${Buffer.alloc(32).toString("base64")}\n`;
    await appendFile(outside, `${signNote(body, new Uint8Array(32).fill(7))}\n`);
    expect(await loss()).toEqual({ kind: "none", events: 0 });
  });

  test("that show another epoch show a loss", async () => {
    const { store } = await restored({ kind: "unknown", events: 0 });
    await within(store, async () => {
      await sealPending();
      await writeOutside();
    });
    expect((await loss()).kind).toBe("some");
  });
});
