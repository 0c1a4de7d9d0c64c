import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readRows } from "../fixtures/rows";
import { Canaries } from "./canaries";
import { plantPerson } from "./canary-people";
import { backupText, bundleTexts, LEAKED, listen, misuseTrail } from "./canary-trail";
import { isChange, methodOf, OPERATIONS, pathOf } from "./operations";
import { type Caller, expect, forEach, fresh, type Reply, test } from "./world";

/** A server of its own that logs all it can. */
test.use({ settings: { LOG_LEVEL: "debug" } });

/** `npm run drill:canary` plants 200. */
const KEYS = Number(process.env.DRILL_ROUNDS ?? 60);
const APPS = 10;

/** Where mails go without a mail server, each with the link that it is there to bring. */
const OUTBOX = "outbox";
const withoutLink = (mail: string) => mail.replace(/^http\S+\/(invite|reset)\/lki_\w+$/m, "");

test(`of ${KEYS} keys and as many tokens, and of what a person and a stream have, no copy is left anywhere but in the answers that created them`, async ({
  world,
}) => {
  test.setTimeout(300_000);
  const { server, callers } = world;
  const canaries = new Canaries();
  const values: string[] = [];
  const replies: string[] = [];
  const keep = (reply: Reply) => void replies.push(`${JSON.stringify([...reply.headers])}\n${reply.text}`);
  const plant = (reply: Reply, member: "key" | "token" | "secret") => {
    expect(reply.status, reply.text).toBe(201);
    const value = String(reply.body.data?.[member]);
    canaries.plant(value);
    values.push(value);
    const { [member]: _, ...rest } = reply.body.data ?? {};
    replies.push(JSON.stringify([...reply.headers, rest]));
    return String(reply.body.data?.ZUID);
  };

  const { owner } = callers;
  const { received, secrets, close } = await listen(world);
  for (const secret of secrets) canaries.plant(secret);
  await plantPerson(world, canaries);
  const keyIds: string[] = [];
  for (let a = 0; a < APPS; a++) {
    const app = plant(await world.send(owner, "POST", "/v1/apps", { name: fresh("App") }), "secret");
    const bodies = Array.from({ length: KEYS / APPS }, () => ({ name: fresh("Key") }));
    await forEach(bodies, async (body) => {
      keyIds.push(plant(await world.send(owner, "POST", `/v1/apps/${app}/keys`, body), "key"));
    });
    plant(await world.send(owner, "POST", `/v1/apps/${app}/secret`, {}), "secret");
  }
  await forEach(keyIds.slice(0, 20), async (id) => {
    const rotate = () => world.send(owner, "POST", `/v1/keys/${id}/rotations`, {}, { "idempotency-key": id });
    plant(await rotate(), "key");
    keep(await rotate());
  });

  const tokenIds: string[] = [];
  const { instance: instanceZUID, publisherRole: roleZUID } = world.target;
  await forEach(
    Array.from({ length: KEYS }, () => ({ name: fresh("Token"), roleZUID, instanceZUID })),
    async (body) => void tokenIds.push(plant(await world.send(owner, "POST", "/v1/tokens", body), "token")),
  );
  await forEach(tokenIds.slice(0, 20), async (id) => {
    const rotate = () => world.send(owner, "POST", `/v1/tokens/${id}/rotations`, {}, { "idempotency-key": id });
    plant(await rotate(), "token");
    keep(await rotate());
  });

  const tokens = values.filter((value) => value.startsWith("lkt_"));
  await forEach(tokens, async (value) => {
    keep(await world.send(world.bearer(value), "GET", "/v1/token", undefined, { "user-agent": `probe/1 ${value}` }));
  });
  const keys = values.filter((value) => value.startsWith("lkk_"));
  await forEach(keys, async (value) => {
    keep(await world.send(world.apiKey(value), "GET", "/v1/token", undefined, { "user-agent": `probe/1 ${value}` }));
  });
  const probes = [...keys, ...tokens].filter((_, i) => i % 10 === 0).flatMap(misuses);
  await forEach(probes, async ([caller, method, address]) => keep(await world.send(caller, method, address)));
  for (const operation of Object.keys(OPERATIONS).filter((each) => !each.includes("nextauth"))) {
    if (operation === "DELETE /v1/token") continue;
    const body = OPERATIONS[operation]?.body?.(world.target);
    const creates = isChange(operation);
    for (const caller of [
      world.bearer(tokens[0] as string),
      world.apiKey(keys[0] as string),
      world.apiKey(`${keys[1]}x`),
      ...(creates ? [] : [owner]),
    ])
      keep(await world.send(caller, methodOf(operation), pathOf(operation, world.target), body));
  }
  keep(await world.send(owner, "POST", "/v1/sessions/current/proof", { password: keys[2] }));
  keep(await world.send(owner, "POST", "/v1/apps", `{"name":"${keys[3]}`));
  await misuseTrail(world, [keys[5], tokens[5]] as string[], keep);
  keep(await world.send(world.apiKey(keys[4] as string), "DELETE", "/v1/token"));
  keep(await world.send(world.bearer(tokens[4] as string), "DELETE", "/v1/token"));
  for (let cursor: unknown = ""; cursor !== null;) {
    const page = await world.send(
      callers.auditor,
      "GET",
      `/v1/audit-events?limit=100${cursor ? `&cursor=${String(cursor)}` : ""}`,
    );
    keep(page);
    cursor = (page.body as unknown as { _meta: { nextCursor: string | null } })._meta.nextCursor;
  }

  const bundle = await bundleTexts(world);
  await expect.poll(() => received.join("")).toContain(LEAKED);
  close();
  const backup = await backupText(server);
  expect(backup).toContain(LEAKED);
  const rows = await readRows(server);
  const places: [string, () => string[]][] = [
    ["rows", () => Object.entries(rows).flatMap(([table, lines]) => lines.map((line) => `${table} ${line}`))],
    ["log", () => [...server.logs()]],
    ["answers", () => replies],
    ["bundle", () => bundle],
    ["stream", () => received],
    ["backup", () => backup.split("\n")],
    ["files", () => filesUnder(server.dataDir)],
    ["mails", () => filesUnder(path.join(server.dataDir, OUTBOX)).map(withoutLink)],
  ];
  await server.stop();
  for (const [place, texts] of places)
    for (const text of texts()) expect(canaries.in(text), `${place}: ${text.slice(0, 200)}`).toEqual([]);
  await server.restart();

  expect(values).toHaveLength(2 * (KEYS + 20) + 2 * APPS);
  for (const planted of [
    `x${values[7]}y`,
    Buffer.from(values[8] as string).toString("hex"),
    (values[9] as string).slice(4, 40),
  ])
    expect(canaries.in(`row {"digest": "\\x${planted}00"}`)).toHaveLength(1);
});

/** Ways to put a credential where it does not belong. */
const misuses = (value: string): [caller: Caller, method: string, path: string][] => [
  [{ authorization: `bearer ${value}` }, "GET", "/v1/token"],
  [{ authorization: `Basic ${Buffer.from(`x:${value}`).toString("base64")}` }, "GET", "/v1/token"],
  [{ authorization: `apikey ${value}0` }, "GET", "/v1/token"],
  [{ authorization: `apikey ${value.slice(0, -1)}` }, "GET", "/v1/apps"],
  [{ authorization: value }, "GET", "/v1/apps"],
  [{ authorization: `apikey ${value}` }, "GET", `/v1/apps?q=${value}`],
  [{}, "GET", `/v1/apps?apikey=${value}`],
  [{ authorization: `apikey ${value}` }, "GET", `/v1/keys/${value}`],
  [{ authorization: `apikey ${value}` }, "POST", `/v1/keys/${value}/rotations`],
  [{ authorization: `apikey ${value}` }, "GET", `/v1/nothing/${value}`],
  [{ cookie: `latchkey-session=${value}` }, "GET", "/v1/token"],
  [
    { authorization: `apikey ${value}`, referer: `http://127.0.0.1/${value}` },
    "GET",
    "/v1/centers/8-19d41b7f2a0-zzzzzzzz",
  ],
];

const filesUnder = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && (directory.endsWith(OUTBOX) || !entry.parentPath.endsWith(OUTBOX)))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"));
