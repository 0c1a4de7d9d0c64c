import Sdk from "@zesty-io/sdk";
import { expect, fresh, test, type World } from "./world";

/** The vendor's published client as it is, told only where the server stands. */
const urlsOf = ({ server, target }: World) => ({
  authURL: `${server.origin}/auth`,
  accountsAPIURL: `${server.origin}/v1`,
  instancesAPIURL: `${server.origin}/v1/instances/${target.instance}`,
});

async function signedIn(world: World) {
  const { email, password } = world.server.seed.acme.people.owner;
  const { token } = await new Sdk.Auth(urlsOf(world)).login(email, password);
  return new Sdk(world.target.instance, token ?? "", urlsOf(world));
}

test("the vendor's client logs in, and verifies what it got and what nobody issued", async ({ world }) => {
  const auth = new Sdk.Auth(urlsOf(world));
  const { owner } = world.server.seed.acme.people;
  const login = await auth.login(owner.email, owner.password);
  expect(login).toMatchObject({ statusCode: 200, message: "Logged in successfully." });
  expect(await auth.verifyToken(login.token ?? "")).toMatchObject({ statusCode: 200, verified: true });
  expect(await auth.verifyToken("BADTOKEN")).toMatchObject({ statusCode: 401, verified: false });
  const wrong = await auth.login("nobody@acme.example", "wrong horse battery staple");
  expect(wrong).toMatchObject({ statusCode: 401, message: "Invalid username or password", token: null });
});

test("it verifies an access token as the vendor's Auth API does", async ({ world }) => {
  const auth = new Sdk.Auth(urlsOf(world));
  expect(await auth.verifyToken(world.target.tokenValue)).toMatchObject({ statusCode: 200, verified: true });
});

test("it reads its instance, the instances and the people of one with their roles", async ({ world }) => {
  const sdk = await signedIn(world);
  const one = await sdk.account.getInstance();
  expect([one.statusCode, one.data.ZUID]).toEqual([200, world.target.instance]);
  const all = await sdk.account.getInstances();
  expect(all.statusCode).toBe(200);
  expect(all.data.map(({ ZUID }) => ZUID)).toContain(world.target.instance);
  const people = await sdk.account.getInstanceUsers();
  expect(people.statusCode).toBe(200);
  expect(people.data).toContainEqual(
    expect.objectContaining({ email: "instanceowner@acme.example", role: expect.objectContaining({ name: "Owner" }) }),
  );
});

test("it creates an instance, which is answered 201", async ({ world }) => {
  const name = fresh("By the client");
  const created = await (await signedIn(world)).account.createInstance({ name });
  expect([created.statusCode, created.data.name]).toEqual([201, name]);
  expect(created.data.ZUID).toMatch(/^8-/);
});

test("it lists the audits of its instance, reads one, and searches with a question mark of its own", async ({
  world,
}) => {
  const sdk = await signedIn(world);
  const all = await sdk.instance.getAuditLogs();
  expect(all.statusCode).toBe(200);
  const [first] = all.data;
  const one = await sdk.instance.getAuditLog(first?.ZUID ?? "");
  expect([one.statusCode, one.data.ZUID]).toEqual([200, first?.ZUID]);
  const found = await sdk.instance.searchAuditLogs("?limit=2&order=created&dir=asc&action=2");
  expect([found.statusCode, found.data.length]).toEqual([200, 2]);
  expect(found.data.map(({ action }) => action)).toEqual([2, 2]);
  const [earlier, later] = found.data.map(({ happenedAt }) => Date.parse(happenedAt));
  expect(earlier).toBeLessThanOrEqual(later ?? 0);
  const none = await sdk.instance.searchAuditLogs("?limit=5&order=created&dir=desc&action=4");
  expect([none.statusCode, none.data]).toEqual([200, []]);
});
