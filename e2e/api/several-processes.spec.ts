import { PASSWORD } from "../fixtures/accounts";
import { freePort } from "../fixtures/process";
import { type Peer, startPeer } from "../fixtures/peer";
import { hasRedis, startRedis } from "../../lib/testing/redis";
import { sender } from "./send";
import { type Caller, expect, fresh, type Reply, test as base, type World } from "./world";

base.skip(!process.env.DATABASE_URL, "the embedded store takes one process");

/** Addresses are what the proxy says, so that each test comes from a network of its own. */
const settings = { TRUSTED_PROXIES: "127.0.0.1" };

const test = base.extend<object, { peer: Peer & ReturnType<typeof sender> }>({
  peer: [
    async ({ world }, use) => {
      const peer = await startPeer(world.server, settings);
      await use({ ...peer, ...sender(peer.origin) });
      await peer.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});
test.use({ settings });

/** A key of a new app of its own, generated at the first process. */
async function newKey(world: World, input: object = {}) {
  const { owner } = world.callers;
  const { ZUID: app = "" } = await world.done(owner, "POST", "/v1/apps", { name: fresh("App") });
  const { ZUID: id = "", key = "" } = await world.done(owner, "POST", `/v1/apps/${app}/keys`, {
    name: fresh("Key"),
    ...input,
  });
  return { id, caller: { authorization: `apikey ${key}` } };
}

test("who signs in at one process is signed in at the other, and ending the session there ends it at both", async ({
  world,
  peer,
}) => {
  const session = await world.signIn(world.server.seed.acme.people.admin);
  const here = async () => (await world.send(session, "GET", "/v1/token")).status;
  const there = async () => (await peer.send(session, "GET", "/v1/token")).status;
  expect([await here(), await there()]).toEqual([200, 200]);
  const { ZUID = "" } = await world.done(session, "GET", "/v1/sessions/current");
  expect((await peer.send({ ...session, origin: peer.origin }, "DELETE", `/v1/sessions/${ZUID}`)).status).toBe(200);
  expect([await here(), await there()]).toEqual([401, 401]);
});

test("a key generated at one process works at the other at once, and revoked there it is refused by both", async ({
  world,
  peer,
}) => {
  const { id, caller } = await newKey(world);
  const statuses = async () => [
    (await world.send(caller, "GET", "/v1/token")).status,
    (await peer.send(caller, "GET", "/v1/token")).status,
  ];
  expect(await statuses()).toEqual([200, 200]);
  const owner = { ...world.callers.owner, origin: peer.origin };
  expect((await peer.send(owner, "DELETE", `/v1/keys/${id}`, { reason: "test" })).status).toBe(200);
  expect(await statuses()).toEqual([401, 401]);
});

/** An answer without what differs between any two. */
const told = ({ status, headers, text }: Reply) => ({
  status,
  headers: [...headers].filter(([name]) => !["date", "x-request-id", "content-security-policy"].includes(name)),
  text,
});

test("of 200 parallel wrong passwords over two processes at most ten reach the hash, and a restart forgets nothing", async ({
  world,
  peer,
}) => {
  const { email } = world.server.seed.acme.people.contributor;
  const logIn = (at: { send: typeof peer.send }, name: string, password: string, from = "203.0.113.1") =>
    at.send({ "x-forwarded-for": from }, "POST", "/auth/login", { email: name, password });
  const tries = await Promise.all(
    Array.from({ length: 200 }, (_, i) => logIn(i % 2 ? world : peer, email, `wrong horse battery ${i}`)),
  );
  // 401 says that the password was looked at; 403 that the account is locked, 503 that too many waited.
  const counts = (status: number) => tries.filter((reply) => reply.status === status).length;
  expect(counts(401)).toBeLessThanOrEqual(10);
  expect(counts(401) + counts(403) + counts(503)).toBe(200);

  const lockedAt = async (at: { send: typeof peer.send }) => told(await logIn(at, email, PASSWORD, "203.0.113.2"));
  const locked = await lockedAt(peer);
  expect(locked.status).toBe(403);
  expect(await lockedAt(world)).toEqual(locked);
  // The right password is told nothing that a wrong one is not.
  for (const refused of tries.filter(({ status }) => status === 403)) expect(told(refused)).toEqual(locked);
  expect(told(await logIn(peer, email, "wrong horse battery again", "203.0.113.2"))).toEqual(locked);
  await world.server.restart();
  expect(await lockedAt(world)).toEqual(locked);
});

test("a process with another secret key does not start, and says how to change it", async ({ world, peer }) => {
  const other = { SECRET_KEY: "a key that the other processes do not have" };
  await expect(startPeer(world.server, other)).rejects.toThrow("Give all processes the same SECRET_KEY.");
  expect((await peer.send({}, "GET", "/readyz")).status).toBe(200);
});

test("a key for one network is refused to whoever claims to come from there, at every process", async ({
  world,
  peer,
}) => {
  const { caller } = await newKey(world, { allowedCidrs: ["198.51.100.0/24"] });
  const CLAIMS: [what: string, headers: Caller, status: number][] = [
    ["the proxy saw it there", { "x-forwarded-for": "198.51.100.7" }, 200],
    ["in IPv6's spelling", { "x-forwarded-for": "::ffff:198.51.100.7" }, 200],
    ["the proxy saw it elsewhere", { "x-forwarded-for": "198.51.100.7, 203.0.113.9" }, 403],
    ["beside many claims", { "x-forwarded-for": `${"198.51.100.7, ".repeat(20)}203.0.113.9` }, 403],
    ["through a proxy nobody trusts", { "x-forwarded-for": "198.51.100.7, 10.0.0.1" }, 403],
    ["in other headers", { "x-real-ip": "198.51.100.7", forwarded: "for=198.51.100.7" }, 403],
    ["in ours", { "x-latchkey-ip": "198.51.100.7", "x-forwarded-for": "203.0.113.9" }, 403],
    ["in what is no address", { "x-forwarded-for": "198.51.100.7, unknown" }, 403],
    ["in an octal spelling", { "x-forwarded-for": "0306.063.0144.07" }, 403],
    ["by nobody", {}, 403],
  ];
  for (const [what, headers, status] of CLAIMS) {
    for (const at of [world, peer]) {
      const reply = await at.send({ ...caller, ...headers }, "GET", "/v1/token");
      expect(reply.status, what).toBe(status);
    }
  }
});

test("two processes share a key's limit through Redis", async ({ world }) => {
  test.skip(!hasRedis, "there is no Redis here");
  const redis = await startRedis(await freePort());
  const peers: Peer[] = [];
  try {
    for (let i = 0; i < 2; i++) peers.push(await startPeer(world.server, { ...settings, REDIS_URL: redis.url }));
    const { caller } = await newKey(world, { rateLimit: { requests: 10, seconds: 3600 } });
    const ask = async (i: number) => (await sender(peers[i % 2]?.origin ?? "").send(caller, "GET", "/v1/token")).status;
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => ask(i)));
    expect(answers.filter((status) => status === 200)).toHaveLength(10);
    expect(answers.filter((status) => status === 429)).toHaveLength(20);
  } finally {
    await Promise.all(peers.map((peer) => peer.stop()));
    await redis.kill();
  }
});
