import { beforeAll, expect, test } from "vitest";
import type { UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { env } from "@/lib/kernel/env";
import { allows } from "@/lib/kernel/permissions";
import { addRule } from "@/lib/roles/rules";
import { RuleInput } from "@/lib/roles/schema";
import { newKey } from "@/lib/testing/app";
import {
  codeOf,
  ctxOfKey,
  ctxOfSession,
  foundOrganization,
  textOf,
  type TestOrganization,
  unproved,
} from "@/lib/testing/organization";
import { idOfPerson, newRole } from "@/lib/testing/roles";
import { readMails } from "./commands";
import { hasOutbox } from "./queries";
import { sendMail } from "./send";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

test("an Owner of the organization reads the outbox, and nobody who holds less, whatever it is", async () => {
  const role = await newRole(acme, "Admin");
  await addRule(acme.owner, role.ZUID, RuleInput.parse({ resourceZUID: "policy", update: true }));
  const person = await acme.as("Auditor");
  await db().roleAssignment.create({
    data: { userId: idOfPerson(person), roleId: role.ZUID, organizationId: acme.id },
  });
  const withRule = await ctxOfSession((person.principal as UserPrincipal).sessionId);
  expect(allows(withRule.power, "policy:update")).toBe(true);
  const { key } = await newKey(acme);
  const others = [withRule, await acme.as("Admin"), await acme.as("Owner", acme.instanceId), await ctxOfKey(key)];
  for (const ctx of others) {
    expect(hasOutbox(ctx.power)).toBe(false);
    expect(await codeOf(readMails(ctx))).toBe("forbidden");
  }
  expect(hasOutbox(acme.owner.power)).toBe(true);
  expect(await codeOf(readMails(acme.owner))).toBe("none");
  const readings = (await acme.events()).filter(({ action }) => action === "outbox.read");
  expect(readings.map(({ actorId, outcome }) => [actorId, outcome])).toEqual([
    ...others.map(({ principal }) => [principal.id, "denied"]),
    [idOfPerson(acme.owner), "allowed"],
  ]);
});

test("a reading takes a fresh password and shows the organization's own mails", async () => {
  const globex = await foundOrganization();
  const mail = { to: "lena@example.com", subject: "You are invited", text: "http://localhost/invite/lki_1\n" };
  await sendMail({ organizationId: globex.id, ...mail });
  const { sessionId } = globex.owner.principal as UserPrincipal;
  expect(await codeOf(readMails(await unproved(globex.owner)))).toBe("reauthentication_required");
  expect(await globex.events()).toEqual([]);
  await db().$executeRaw`update session set proved_at = now() where id = ${sessionId}`;
  const read = await readMails(await ctxOfSession(sessionId));
  expect(read).toEqual([{ ...mail, sentAt: expect.stringMatching(/Z$/) as string }]);
  const [event, ...others] = await globex.events();
  expect(others).toEqual([]);
  expect(event).toMatchObject({ action: "outbox.read", actorId: idOfPerson(globex.owner), outcome: "allowed" });
  expect(textOf(event)).not.toContain("lki_");
});

test("with a mail server there is no outbox to read, and no reading is recorded", async () => {
  const initech = await foundOrganization();
  Object.assign(env(), { smtpUrl: new URL("smtp://127.0.0.1:1") });
  try {
    expect(hasOutbox(initech.owner.power)).toBe(false);
    expect(await codeOf(readMails(initech.owner))).toBe("not_found");
  } finally {
    Object.assign(env(), { smtpUrl: undefined });
  }
  expect(await initech.events()).toEqual([]);
});
