import { expect, test } from "./world";

test("who is deactivated is signed out at the next request, everywhere, and may come back", async ({ world }) => {
  const account = world.server.seed.globex.people.member;
  const owner = world.callers["foreign owner"];
  const [browser, api] = [await world.signIn(account), await world.logIn(account)];
  const statuses = async () => [
    (await world.send(browser, "GET", "/v1/roles")).status,
    (await world.send(api, "GET", "/v1/roles")).status,
  ];
  expect(await statuses()).toEqual([200, 200]);
  const gone = await world.send(owner, "PUT", `/v1/users/${account.id}?action=deactivate`, {});
  expect(gone.body.data).toEqual({
    ZUID: account.id,
    firstName: expect.any(String),
    lastName: "member",
    email: "member@globex.example",
    kind: "employee",
    status: "deactivated",
    hasSecondFactor: false,
    lastLogin: expect.stringMatching(/Z$/),
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: expect.stringMatching(/Z$/),
  });
  expect(await statuses()).toEqual([401, 401]);
  const back = await world.send(owner, "PUT", `/v1/users/${account.id}?action=reactivate`, {});
  expect(back.body.data).toMatchObject({ status: "active" });
  expect(await statuses()).toEqual([401, 401]);
  expect((await world.send(await world.signIn(account), "GET", "/v1/roles")).status).toBe(200);
});

test("a password is changed under the person's own address, and nobody else's", async ({ world }) => {
  const { member, developer } = world.server.seed.acme.people;
  const caller = await world.signIn(member);
  const change = { oldPassword: "not it", password: "another long enough sentence" };
  const wrong = await world.send(caller, "PUT", `/v1/users/${member.id}?action=updatePassword`, change);
  expect([wrong.status, wrong.body.code]).toEqual([401, "wrong_password"]);
  const other = await world.send(caller, "PUT", `/v1/users/${developer.id}?action=updatePassword`, change);
  expect([other.status, other.body.code]).toEqual([403, "forbidden"]);
  const half = await world.send(caller, "PUT", `/v1/users/${member.id}?action=updatePassword`, { password: "x" });
  expect([half.status, half.body.errors]).toEqual([422, [{ pointer: "/oldPassword", detail: "is missing" }]]);
});
