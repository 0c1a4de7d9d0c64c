import { beforeEach, expect, test } from "vitest";
import { sealPending } from "@/lib/audit/sealer";
import { verifyStore } from "@/lib/audit/store/verify";
import { confirmCredentials } from "@/lib/credentials/commands";
import { db } from "@/lib/kernel/db";
import { revokeKey } from "@/lib/keys/commands";
import { listCredentials } from "@/lib/overview/queries";
import { ListCredentials } from "@/lib/overview/schema";
import { createStream, updateStream } from "@/lib/streams/commands";
import { CreateStream } from "@/lib/streams/schema";
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
import { epochOf, newBackup, NONE, UNKNOWN, within } from "@/lib/testing/restoring";
import { testStore } from "@/lib/testing/setup";
import { newToken } from "@/lib/testing/token";

let acme: TestOrganization;
let revoked: { keyId: string; key: string };
let kept: { keyId: string; key: string };
let token: { tokenId: string; token: string };
let login: string;
let backup: Awaited<ReturnType<typeof newBackup>>;

beforeEach(async () => {
  acme = await foundOrganization();
  revoked = await newKey(acme, { name: "Stolen" });
  kept = await newKey(acme);
  token = await newToken(acme);
  const { logIn } = await newLoginClient(acme);
  login = String((await logIn()).credentials.access_token);
  await sealPending();
  backup = await newBackup(testStore());
});

test("a key that was revoked after the backup does not come back to life with it", async () => {
  await revokeKey(acme.owner, revoked.keyId, { reason: "stolen" });
  await sealPending();
  await backup.writeOutside();
  const found = await backup.loss();
  expect(found).toMatchObject({ kind: "some" });
  const { store, guarded } = await backup.restored(found);
  await within(store, async () => {
    for (const { key } of [revoked, kept]) expect(await codeOf(ctxOfKey(key))).toBe("credential_disabled");
    expect(await codeOf(ctxOfToken(token.token))).toBe("credential_disabled");
    await expect(ctxOfKey(revoked.key)).rejects.toThrow("was restored from a backup and waits for confirmation");
    expect(guarded.quarantined).toBeGreaterThanOrEqual(3);
    expect(await epochOf(acme.id)).toBeGreaterThan(1);
  });
});

test("negative control: without the guard it would", async () => {
  await revokeKey(acme.owner, revoked.keyId, { reason: "stolen" });
  expect(await codeOf(ctxOfKey(revoked.key))).toBe("credential_revoked");
  const { store } = await backup.restored(NONE);
  await within(store, async () => expect(await codeOf(ctxOfKey(revoked.key))).toBe("none"));
});

test("when the checkpoints show that nothing happened since, keys and tokens go on; sessions and logins end", async () => {
  await backup.writeOutside("started", "stopped");
  const found = await backup.loss();
  expect(found).toMatchObject({ kind: "none", events: 0 });
  const { store } = await backup.restored(found);
  await within(store, async () => {
    expect(await codeOf(ctxOfKey(kept.key))).toBe("none");
    expect(await codeOf(ctxOfToken(token.token))).toBe("none");
    expect(await codeOf(ctxOfToken(login))).toBe("credential_revoked");
    expect(await codeOf(ctxOfSession(sessionOf(acme.owner)))).toBe("session_ended");
    expect(await epochOf(acme.id)).toBe(1);
    const last = await db().auditEvent.findFirst({ where: { organizationId: acme.id }, orderBy: { position: "desc" } });
    expect(last).toMatchObject({ action: "deployment.restored", actorType: "system", after: { lost: "none" } });
    await sealPending();
    expect((await verifyStore()).findings.failures).toEqual([]);
  });
});

test("an Owner confirms what came back, one or many, each with its event; nobody confirms anything else", async () => {
  const { store } = await backup.restored(UNKNOWN);
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

test("a stream that was deleted or led elsewhere after the backup sends nothing until somebody resumes it", async () => {
  const input = { kind: "webhook", url: "https://siem.example.com/" };
  const open = (name: string) => createStream(acme.owner, CreateStream.parse({ ...input, name }));
  const [sending, paused] = [await open("Sending"), await open("Paused")];
  await updateStream(acme.owner, paused.ZUID, { paused: true });
  await sealPending();
  const { restored } = await newBackup(testStore());
  const streamsOf = async () => {
    const rows = await db().eventStream.findMany({ where: { organizationId: acme.id }, orderBy: { name: "desc" } });
    return rows.map(({ name, pausedAt, pauseReason }) => [name, pausedAt !== null, pauseReason?.slice(0, 22) ?? null]);
  };
  const { store, guarded } = await restored(UNKNOWN);
  expect(guarded.streams).toBe(1);
  await within(store, async () => {
    expect(await streamsOf()).toEqual([
      ["Sending", true, "Restored from a backup"],
      ["Paused", true, null],
    ]);
    await db().session.updateMany({ where: { organizationId: acme.id }, data: { endedAt: null } });
    expect(await updateStream(acme.owner, sending.ZUID, { paused: false })).toMatchObject({ status: "delivering" });
  });
  await within((await restored(NONE)).store, async () =>
    expect((await streamsOf())[0]).toEqual(["Sending", false, null]),
  );
});
