import { connect } from "node:net";
import { NASTY_TEXT, type Schema, textOf, valueOf } from "./fuzz-input";
import { type Random, randomFrom } from "./random";
import { expect, type Target, test, type World } from "./world";

/** A server of its own: what is sent may delete, disable and sign out. */
test.use({ settings: { LOG_LEVEL: "fatal" } });

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const FROM_SCHEMAS = 1_600;
const BY_BYTES = 400;
const AT_ONCE = 8;
const SLOW_MS = 5_000;
const TRACE = /(\n|\\n)\s+at |\.[cm]?[jt]s:\d+:\d+|node_modules|Prisma|PGlite|ECONN/;

interface Operation {
  method: string;
  path: string;
  parameters: { name: string; in: string; schema: Schema }[];
  body?: Schema;
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      Omit<Operation, "method" | "path" | "body"> & { requestBody?: { content: Record<string, { schema: Schema }> } }
    >
  >;
}

test(`${FROM_SCHEMAS + BY_BYTES} requests nobody meant are no fault of the server`, async ({ world }) => {
  test.setTimeout(300_000);
  const random = randomFrom(SEED);
  const operations = await operationsOf(world);
  expect(operations.length).toBeGreaterThan(25);
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const check = async (what: string, send: () => Promise<{ status: number; text: string }>) => {
    const began = Date.now();
    const { status, text } = await send().catch((error: unknown) => ({ status: 599, text: String(error) }));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const ms = Date.now() - began;
    if (!(status < 500) || ms > SLOW_MS || TRACE.test(text))
      faults.push(`${status} ${ms} ms ${what}: ${text.slice(0, 300)}`);
  };

  const requests = Array.from({ length: FROM_SCHEMAS }, () => requestFor(random, random.pick(operations), world));
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = requests.pop(); next; next = requests.pop()) {
        const { caller, method, path, body, headers } = next;
        await check(`${method} ${path.slice(0, 200)} ${String(body).slice(0, 300)}`, () =>
          world.send(caller, method, path, body, headers),
        );
      }
    }),
  );

  const heads = Array.from({ length: BY_BYTES }, () => bytesFor(random, world));
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let bytes = heads.pop(); bytes; bytes = heads.pop()) {
        const given = bytes;
        await check(JSON.stringify(given.toString("latin1").slice(0, 300)), () => sendBytes(world.server.port, given));
      }
    }),
  );

  console.log(`seed ${SEED}:`, JSON.stringify(Object.fromEntries([...statuses].sort())));
  expect(faults, `seed ${SEED}`).toEqual([]);
  expect((await fetch(`${world.server.origin}/readyz`)).status).toBe(200);
});

async function operationsOf(world: World): Promise<Operation[]> {
  const { paths } = (await world.send({}, "GET", "/openapi.json")).body as unknown as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      ...(requestBody && { body: requestBody.content["application/json"]?.schema as Schema }),
    })),
  );
}

function requestFor(random: Random, operation: Operation, world: World) {
  const callers = ["owner", "owner", "owner", "full key", "developer", "none"] as const;
  // Signed out, everybody would get nothing but 401 from then on.
  const caller = operation.path === "/auth/logout" ? {} : world.callers[random.pick(callers)];
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (random.chance(0.2)) return encodeURIComponent(random.pick(NASTY_TEXT).toWellFormed().slice(0, 200)) || "x";
    return world.target[name as keyof Target] ?? "x";
  });
  const query = operation.parameters
    .filter((parameter) => parameter.in === "query" && random.chance(0.4))
    .map(
      ({ name, schema }) =>
        `${name}=${encodeURIComponent(String(queryValue(schema, random)).toWellFormed()).slice(0, 3000)}`,
    );
  const headers: Record<string, string> = {};
  if (random.chance(0.1))
    headers["content-type"] = random.pick(["text/plain", "application/xml", "application/json; charset=utf-16", "x"]);
  if (random.chance(0.1)) headers["idempotency-key"] = random.pick(["a", "a b", "x".repeat(300), "0"]);
  const body =
    operation.body && (random.chance(0.1) ? brokenText(random) : JSON.stringify(valueOf(operation.body, random)));
  return {
    caller,
    method: operation.method,
    path: query.length > 0 ? `${path}?${query.join("&")}` : path,
    body,
    headers,
  };
}

const queryValue = (schema: Schema, random: Random) =>
  random.chance(0.4) ? textOf(schema, random) : valueOf(schema, random);

const brokenText = (random: Random) =>
  random.pick([
    "{",
    '{"a":',
    "[1,2",
    '"',
    "nul",
    "{}{}",
    '{"name":"\\ud800"}',
    "[".repeat(50_000),
    '{"__proto__":{"a":1}}',
    "\ufeff{}",
  ]);

/** Sends the bytes and nothing after them; the answer is all that comes until the server hangs up. */
function sendBytes(port: number, bytes: Buffer): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1");
    socket.setTimeout(2 * SLOW_MS, () => socket.destroy());
    socket.on("data", (chunk: Buffer) => void chunks.push(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      const text = Buffer.concat(chunks).toString();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    });
    socket.end(bytes);
  });
}

/** A request as bytes, of which some were swapped, dropped or doubled. */
function bytesFor(random: Random, world: World): Buffer {
  const { cookie = "" } = world.callers.owner;
  const lines = [
    `${random.pick(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])} ${random.pick(["/v1/apps", "/v1/token", "/api/auth/session", "/", "/sign-in", "/audit?x=%zz", "/v1/keys/%00", "/_next/data/x", "/healthz"])} HTTP/1.1`,
    `Host: 127.0.0.1:${world.server.port}`,
    `Cookie: ${cookie}`,
    `Origin: ${world.server.origin}`,
    "Content-Type: application/json",
    "Content-Length: 11",
    "Connection: close",
  ];
  const bytes = [...Buffer.from(`${lines.join("\r\n")}\r\n\r\n{"name":"a"}`, "latin1")];
  for (let i = random.below(6); i >= 0; i--) {
    const at = random.below(bytes.length);
    const change = random.pick(["swap", "drop", "double", "insert"] as const);
    if (change === "swap") bytes[at] = random.below(256);
    if (change === "drop") bytes.splice(at, 1 + random.below(5));
    if (change === "double") bytes.splice(at, 0, ...bytes.slice(at, at + random.below(20)));
    if (change === "insert") bytes.splice(at, 0, random.below(256));
  }
  return Buffer.from(bytes);
}
