import { codeOf, linkMailedTo, mailsTo } from "../fixtures/outbox";
import { readRows } from "../fixtures/rows";
import { expect, forEach, fresh, test, type World } from "./world";

const PASSWORD = "seven quiet herons at dusk";
const person = (code: string) => ({ code, firstName: "Lena", lastName: "Fischer", password: PASSWORD });
const newEmail = () => `${fresh("lena").replace(/ /g, "-")}@example.com`;

async function invite(world: World, over: object = {}) {
  const body = { inviteeEmail: newEmail(), entityZUID: world.target.instance, accessLevel: 4, ...over };
  const reply = await world.send(world.callers.owner, "POST", "/v1/invites", body);
  expect(reply.status, reply.text).toBe(201);
  const link = await linkMailedTo(world.server, body.inviteeEmail, "invite");
  return { reply, email: body.inviteeEmail, code: codeOf(link), link, id: String(reply.body.data?.ZUID) };
}

const accept = (world: World, code: string) => world.send({}, "PUT", "/v1/invites/by-link?action=accept", person(code));

test("an invitation is answered in full but for its link, which only the mail has", async ({ world }) => {
  const { reply, email, code, link } = await invite(world, { inviteeName: "Lena Fischer" });
  expect(reply.body.data).toMatchObject({
    inviteeEmail: email,
    inviteeName: "Lena Fischer",
    roleName: "Publisher",
    status: "open",
    accepted: false,
    declined: false,
    cancelled: false,
    mailed: true,
  });
  expect(link).toBe(`${world.server.origin}/invite/${code}`);
  const list = await world.send(world.callers.owner, "GET", `/v1/invites?q=${email}`);
  const pending = await world.send(world.callers.owner, "GET", `/v1/instances/${world.target.instance}/users/pending`);
  expect(list.text).toContain(email);
  expect(pending.text).toContain(email);
  for (const { text } of [reply, list, pending]) expect(text).not.toContain("lki_");
});

test("of twenty who accept with one link at once one joins, signs in, and holds the one role", async ({ world }) => {
  const { email, code } = await invite(world);
  const statuses: number[] = [];
  await forEach(Array.from({ length: 20 }), async () => void statuses.push((await accept(world, code)).status));
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => ![200, 404, 409].includes(status))).toEqual([]);
  const caller = await world.signIn({ id: "", email, password: PASSWORD });
  const roles = await world.done<{ name: string; entityZUID: string }[]>(caller, "GET", "/v1/roles");
  expect(roles).toMatchObject([{ name: "Publisher", entityZUID: world.target.instance }]);
  expect((await world.send(caller, "GET", "/v1/apps")).status).toBe(403);
});

test("a used, canceled, replaced and unknown link get the same answer", async ({ world }) => {
  const [used, canceled, replaced] = [await invite(world), await invite(world), await invite(world)];
  await accept(world, used.code);
  await world.done(world.callers.owner, "PUT", `/v1/invites/${canceled.id}?action=cancel`, {});
  await world.done(world.callers.owner, "PUT", `/v1/invites/${replaced.id}?action=resend`, {});
  const answers = [];
  for (const code of [used.code, canceled.code, replaced.code, "lki_nothing"]) {
    const { status, body } = await accept(world, code);
    answers.push({ status, code: body.code, detail: body.detail, errors: body.errors });
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 404, code: "link_not_valid" });
  const pages = [];
  for (const { link } of [used, canceled, replaced])
    pages.push((await world.send({}, "GET", link.slice(world.server.origin.length))).text.includes("does not work"));
  expect(pages).toEqual([true, true, true]);
});

test("who has the address elsewhere is told, and the inviter is not", async ({ world }) => {
  const { email } = world.server.seed.globex.people.developer;
  const { reply, code } = await invite(world, { inviteeEmail: email });
  const other = await invite(world);
  expect(Object.keys({ ...reply.body.data })).toEqual(Object.keys({ ...other.reply.body.data }));
  const refused = await accept(world, code);
  expect([refused.status, refused.body.code]).toEqual([409, "conflict"]);
});

test("who has an account accepts as the person they are signed in as, and nobody else can", async ({ world }) => {
  const { member, publisher } = world.server.seed.acme.people;
  const { id, code } = await invite(world, { inviteeEmail: member.email, accessLevel: 3 });
  expect((await accept(world, code)).status).toBe(409);
  const answer = (account: typeof member) => async () => {
    const caller = await world.signIn(account);
    return (await world.send(caller, "PUT", `/v1/invites/${id}?action=accept`, {})).status;
  };
  expect(await answer(publisher)()).toBe(404);
  expect(await answer(member)()).toBe(200);
  expect(await answer(member)()).toBe(404);
  expect((await world.send(world.callers["full key"], "PUT", `/v1/invites/${id}?action=accept`, {})).status).toBe(403);
});

test("a repeated request with its idempotency key invites and mails once", async ({ world }) => {
  const body = { inviteeEmail: newEmail(), entityZUID: world.target.instance, accessLevel: 4 };
  const send = () =>
    world.send(world.callers.owner, "POST", "/v1/invites", body, { "idempotency-key": fresh("k").replace(/ /g, "") });
  const key = { "idempotency-key": `invite-${process.pid}` };
  const [first, second] = [
    await world.send(world.callers.owner, "POST", "/v1/invites", body, key),
    await world.send(world.callers.owner, "POST", "/v1/invites", body, key),
  ];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body.data?.ZUID).toBe(first.body.data?.ZUID);
  expect((await send()).status).toBe(409);
  expect(mailsTo(world.server, body.inviteeEmail)).toHaveLength(1);
});

test("no copy of a link is left anywhere but in the outbox", async ({ world }) => {
  const invites = [];
  for (let i = 0; i < 10; i++) invites.push(await invite(world));
  const { email } = world.server.seed.acme.people.developer;
  await world.send({}, "POST", "/auth/password-resets", { address: email });
  const codes = [...invites.map(({ code }) => code), codeOf(await linkMailedTo(world.server, email, "reset"))];
  for (const code of codes) {
    await world.send({}, "GET", `/invite/${code}`, undefined, { "user-agent": `probe ${code}` });
    await world.send({}, "GET", `/reset/${code}`);
    await world.send({}, "PUT", "/v1/invites/by-link?action=decline", { code: `${code}x` });
  }
  expect((await accept(world, codes[0] ?? "")).status).toBe(200);
  const events = await world.send(world.callers.owner, "GET", "/v1/audit-events?limit=100");
  const list = await world.send(world.callers.owner, "GET", "/v1/invites?limit=100");
  const places = {
    rows: JSON.stringify(await readRows(world.server)),
    log: world.server.logs().join("\n"),
    events: events.text,
    list: list.text,
  };
  for (const [place, text] of Object.entries(places))
    for (const code of codes) expect(text.includes(code.slice(4, 40)), place).toBe(false);
});
