import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import { newInvite } from "@/lib/testing/invite";
import { codeOf, ctxOfKey, ctxOfToken, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { idOfPerson } from "@/lib/testing/roles";
import { newToken } from "@/lib/testing/token";
import type { Ctx } from "@/lib/kernel/ctx";
import { cancelInvite } from "./commands";
import { canInvite, getInviteByLink, getOwnInvite, listInvitePlaces, listInvites, listPending } from "./queries";
import { ListInvites } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
let local: Awaited<ReturnType<typeof newInvite>>;
let everywhere: Awaited<ReturnType<typeof newInvite>>;
let canceled: Awaited<ReturnType<typeof newInvite>>;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
  await newInvite(globex);
  local = await newInvite(acme, { inviteeName: "Lena Fischer" });
  everywhere = await newInvite(acme, { entityZUID: acme.id, accessLevel: 1 });
  canceled = await newInvite(acme);
  await cancelInvite(acme.owner, canceled.ZUID);
});

const listed = async (ctx: Ctx, query: object = {}) =>
  (await listInvites(ctx, ListInvites.parse(query))).rows.map(({ ZUID }) => ZUID);

test("who sees the people of the organization sees its invitations, newest first; of one instance, those to it", async () => {
  expect(await listed(acme.owner)).toEqual([canceled.ZUID, everywhere.ZUID, local.ZUID]);
  expect(await listed(await acme.as("Auditor"))).toHaveLength(3);
  expect(await listed(await acme.as("Owner", acme.instanceId))).toEqual([canceled.ZUID, local.ZUID]);
  expect(await listed(await ctxOfToken((await newToken(acme, { role: "Owner" })).token))).toHaveLength(2);
  expect(await listed(await ctxOfKey((await newKey(acme)).key))).toHaveLength(3);
  for (const ctx of [await acme.as("Developer"), await acme.as("Publisher", acme.instanceId)]) {
    expect(await codeOf(listed(ctx))).toBe("forbidden");
    expect((await acme.events()).at(-1)).toMatchObject({ action: "access.refused", outcome: "denied" });
  }
});

test("invitations are found by address, name, role and state", async () => {
  expect(await listed(acme.owner, { q: local.inviteeEmail })).toEqual([local.ZUID]);
  expect(await listed(acme.owner, { q: "lena f" })).toEqual([local.ZUID]);
  expect(await listed(acme.owner, { q: "admin" })).toEqual([everywhere.ZUID]);
  expect(await listed(acme.owner, { status: "open", sort: "createdAt", dir: "asc" })).toEqual([
    local.ZUID,
    everywhere.ZUID,
  ]);
  expect(await listed(acme.owner, { status: "ended" })).toEqual([canceled.ZUID]);
});

test("pending on an instance are the open invitations to its own roles", async () => {
  const pending = await listPending(acme.owner, acme.instanceId);
  expect(pending.rows.map(({ ZUID }) => ZUID)).toEqual([local.ZUID]);
  expect(await codeOf(listPending(acme.owner, globex.instanceId))).toBe("not_found");
  expect(await codeOf(listPending(await acme.as("Developer"), acme.instanceId))).toBe("forbidden");
});

test("one may invite where one may give roles; a role beyond one's own says what it needs more", async () => {
  const [organization, instance, ...others] = await listInvitePlaces(await acme.as("Admin"));
  expect([organization?.name, organization?.isOrganization, instance?.name, others]).toEqual([
    "Acme",
    true,
    "Main",
    [],
  ]);
  expect(organization?.roles.slice(0, 2).map(({ name }) => name)).toEqual(["Owner", "Admin"]);
  expect(organization?.roles[0]?.missingPermissions).toContain("users:super");
  expect(organization?.roles[1]?.missingPermissions).toEqual([]);
  const one = await acme.as("Owner", acme.instanceId);
  expect((await listInvitePlaces(one)).map(({ ZUID }) => ZUID)).toEqual([acme.instanceId]);
  const developer = await acme.as("Developer");
  expect(await listInvitePlaces(developer)).toEqual([]);
  expect([canInvite(one.power), canInvite(developer.power)]).toEqual([true, false]);
});

test("the holder of a link sees what it offers and whether the address has an account, and using nothing up", async () => {
  for (let i = 0; i < 2; i++)
    expect(await getInviteByLink(local.code)).toEqual({
      ZUID: local.ZUID,
      inviteeEmail: local.inviteeEmail,
      inviteeName: "Lena Fischer",
      organizationName: "Acme",
      instanceName: "Main",
      roleName: "Publisher",
      createdByName: "Olivia Owner",
      expiresAt: local.expiresAt,
      passwordMinLength: 15,
      account: "none",
    });
  for (const code of [canceled.code, `${local.code}x`, "", "70-19d41b7f2a0-zzzzzzzz"])
    expect(await getInviteByLink(code)).toBeUndefined();
});

test("by its id an invitation is shown to the person it was sent to and nobody else", async () => {
  const ctx = await acme.as("Developer");
  const { email } = await db().user.findUniqueOrThrow({ where: { id: idOfPerson(ctx) } });
  const { ZUID, code } = await newInvite(acme, { inviteeEmail: email });
  expect(await getOwnInvite(ctx, ZUID)).toMatchObject({ ZUID, account: "here" });
  expect(await getInviteByLink(code)).toMatchObject({ account: "here" });
  for (const other of [acme.owner, globex.owner]) expect(await getOwnInvite(other, ZUID)).toBeUndefined();
});
