import { PASSWORD } from "../fixtures/accounts";
import { changeRows } from "../fixtures/rows";
import { type Caller, expect, type Reply, test, type World } from "./world";

/** Behind a proxy the client's address is what the proxy says, so each test can come from a network of its own. */
test.use({ settings: { TRUSTED_PROXIES: "127.0.0.1/32" } });

let network = 0;
let from: Caller;
test.beforeEach(({}, { workerIndex }) => {
  from = { "x-forwarded-for": `203.0.${workerIndex}.${++network}` };
});

const JSON_TYPE = { "content-type": "application/json" };
const URLENCODED = { "content-type": "application/x-www-form-urlencoded" };
const BOUNDARY = "----the-boundary-of-a-client-0001";
const MULTIPART = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };

const multipart = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join("") + `--${BOUNDARY}--\r\n`;

const login = (world: World, body: unknown, headers: Caller = JSON_TYPE) =>
  world.send({ ...from, ...headers }, "POST", "/auth/login", body);

/** An answer without what differs between any two. */
const told = ({ status, headers, text }: Reply) => ({
  status,
  headers: [...headers].filter(([name]) => !["date", "x-request-id", "content-security-policy"].includes(name)),
  text,
});

for (const [what, type, encode] of [
  ["multipart", MULTIPART, multipart],
  ["urlencoded", URLENCODED, (fields: Record<string, string>) => String(new URLSearchParams(fields))],
  ["JSON", JSON_TYPE, (fields: Record<string, string>) => JSON.stringify(fields)],
] as const) {
  test(`a login as ${what} gives a bearer session that does what its person may`, async ({ world }) => {
    const { email, id } = world.server.seed.acme.people.admin;
    const reply = await login(world, encode({ email, password: PASSWORD }), type);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      message: "Logged in successfully.",
      status: "OK",
      meta: { userZuid: id, token: expect.stringMatching(/^lks_[0-9A-Za-z]{42}$/) },
      code: 200,
    });
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(reply.headers.getSetCookie()).toEqual([]);
    const session = { authorization: `bearer ${String((reply.body.meta as Caller).token)}` };
    expect(await world.done(session, "GET", "/v1/token")).toMatchObject({ kind: "session", ZUID: id });
    expect((await world.send(session, "POST", "/v1/instances", { name: `By ${what} ${process.pid}` })).status).toBe(
      201,
    );
  });
}

const failure = (code: number, status: string, message: string) => ({ message, status, meta: {}, code });

const REFUSED: [what: string, type: Caller, body: string, code: number, answer: object][] = [
  ["broken JSON", JSON_TYPE, "{", 400, failure(400, "Bad Request", "The body is not well-formed JSON.")],
  [
    "a form cut off",
    MULTIPART,
    `--${BOUNDARY}\r\ncontent-dispos`,
    400,
    failure(400, "Bad Request", "The body is not a well-formed form."),
  ],
  [
    "a form without its boundary",
    { "content-type": "multipart/form-data" },
    multipart({ email: "a@b.example", password: "x" }),
    400,
    failure(400, "Bad Request", "The body is not a well-formed form."),
  ],
  [
    "text",
    { "content-type": "text/plain" },
    "email=a&password=b",
    415,
    failure(415, "Unsupported Media Type", "Send the body as application/json."),
  ],
  [
    "a field given twice",
    URLENCODED,
    "email=a&email=b&password=c",
    422,
    {
      ...failure(422, "Unprocessable Entity", "/email is given twice."),
      data: { errors: [{ pointer: "/email", detail: "is given twice" }] },
    },
  ],
  [
    "a file for a password",
    MULTIPART,
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="email"\r\n\r\na\r\n--${BOUNDARY}\r\ncontent-disposition: form-data; name="password"; filename="p"\r\n\r\np\r\n--${BOUNDARY}--\r\n`,
    422,
    {
      ...failure(422, "Unprocessable Entity", "/password must be text."),
      data: { errors: [{ pointer: "/password", detail: "must be text" }] },
    },
  ],
  [
    "an operator for an e-mail",
    JSON_TYPE,
    '{"email":{"contains":""},"password":"x"}',
    422,
    {
      ...failure(422, "Unprocessable Entity", "/email must be text."),
      data: { errors: [{ pointer: "/email", detail: "must be text" }] },
    },
  ],
];

for (const [what, type, body, code, answer] of REFUSED) {
  test(`a login with ${what} is answered ${code} in the Auth API's envelope`, async ({ world }) => {
    const reply = await login(world, body, type);
    expect([reply.status, reply.headers.get("content-type")]).toEqual([code, "application/json"]);
    expect(reply.body).toEqual(answer);
  });
}

test("a form is read by the login and by no other address", async ({ world }) => {
  for (const path of ["/v1/apps", "/v1/sessions/current/proof"]) {
    const reply = await world.send({ ...world.callers.owner, ...URLENCODED }, "POST", path, "name=x&password=y");
    expect([reply.status, reply.body.code], path).toEqual([415, "unsupported_media_type"]);
  }
});

test("wrong, unknown and deactivated get the same answer, and locked ones too, to the byte", async ({ world }) => {
  const { publisher, auditor } = world.server.seed.globex.people;
  await changeRows(world.server, `update "user" set status = 'deactivated' where id = '${publisher.id}'`);
  const wrong = { password: "wrong horse battery staple" };
  const first = await login(world, { email: auditor.email, ...wrong });
  expect(first.body).toEqual(failure(401, "Unauthorized", "Invalid username or password"));
  expect(told(await login(world, { email: "nobody@globex.example", ...wrong }))).toEqual(told(first));
  expect(told(await login(world, { email: publisher.email, password: PASSWORD }))).toEqual(told(first));

  for (let i = 1; i < 5; i++) await login(world, { email: auditor.email, ...wrong });
  for (let i = 0; i < 5; i++) await login(world, { email: "stranger@globex.example", ...wrong });
  const locked = await login(world, { email: auditor.email, password: PASSWORD });
  expect(locked.body).toEqual(failure(403, "Forbidden", "Too many failed attempts; try again in a few minutes."));
  expect(told(await login(world, { email: "stranger@globex.example", password: PASSWORD }))).toEqual(told(locked));
  expect(told(await login(world, { email: ` ${auditor.email.toUpperCase()}`, password: PASSWORD }))).toEqual(
    told(locked),
  );
});
