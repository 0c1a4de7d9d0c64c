import { readdirSync, readFileSync } from "node:fs";
import { readRows, withoutTraces } from "../fixtures/rows";
import { isByLink } from "./link-operations";
import { isChange, methodOf, OPERATIONS, pathOf, UNKNOWN, UNRECORDED } from "./operations";
import {
  type Caller,
  type CallerName,
  expect,
  forEach,
  type Principal,
  PRINCIPALS,
  type Reply,
  type Target,
  test,
  TWINS,
  type World,
} from "./world";

interface Cell {
  operation: string;
  principal: CallerName;
  status: number;
}

const CALLERS: [CallerName, Principal][] = [
  ...PRINCIPALS.map((principal): [CallerName, Principal] => [principal, principal]),
  ...(Object.entries(TWINS) as [CallerName, Principal][]),
];
const CELLS: Cell[] = Object.entries(OPERATIONS).flatMap(([operation, { statuses }]) => {
  const row = statuses.split(/ +/);
  return CALLERS.map(([principal, column]) => ({
    operation,
    principal,
    status: Number(row[PRINCIPALS.indexOf(column)]),
  }));
});

/** Organizations whose trail an answer belongs in. */
const auditorOf = (world: World, principal: CallerName) =>
  world.callers[principal.startsWith("foreign") ? "foreign owner" : "owner"];

function call(world: World, { operation, principal }: Cell, target: Target, caller = world.callers[principal]) {
  const { body, type } = OPERATIONS[operation] ?? {};
  const headers: Caller = type === undefined ? {} : { "content-type": type };
  return world.send(caller, methodOf(operation), pathOf(operation, target), body?.(target), headers);
}

test("every route file and method has its row, and every row its route", () => {
  const routes = readdirSync("app", { encoding: "utf8", recursive: true })
    .filter((file) => /(^|\/)route\.tsx?$/.test(file))
    .flatMap((file) => {
      const path = file.replace(/\/?route\.tsx?$/, "").replace(/\([^)]*\)\//g, "");
      const source = readFileSync(`app/${file}`, "utf8");
      const methods = source.match(/\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b(?=\s*(=|,|\}|\())/g) ?? [];
      return [...new Set(methods)].map((method) => `${method} /${path}`);
    });
  expect(routes.sort()).toEqual(Object.keys(OPERATIONS).sort());
  for (const { statuses } of Object.values(OPERATIONS)) expect(statuses.split(/ +/)).toHaveLength(PRINCIPALS.length);
});

test("whoever may not gets exactly the refusal of the table, changes nothing, and a 403 is on the trail", async ({
  world,
}) => {
  test.setTimeout(240_000);
  const before = await rowsButTrail(world);
  const target = await world.newRotatingTarget(world.callers.owner, world.target.instance);
  const between = await rowsButTrail(world);
  expect(between).not.toEqual(before);

  const wrong: string[] = [];
  const denied = CELLS.filter(({ status }) => status >= 300);
  await forEach(denied, async (cell) => {
    const reply = await call(world, cell, target);
    if (reply.status !== cell.status)
      wrong.push(`${cell.operation} as ${cell.principal}: ${reply.status} ${reply.text}`);
    if (reply.status === 401) expect(reply.headers.get("www-authenticate")).toContain('realm="');
    if (reply.status === 403 && !OPERATIONS[cell.operation]?.isUnrecorded) {
      const events = await recorded(world, auditorOf(world, cell.principal), reply);
      if (events.join() !== "denied")
        wrong.push(`${cell.operation} as ${cell.principal}: recorded as [${events.join()}]`);
    }
  });
  expect(wrong).toEqual([]);
  expect(await rowsButTrail(world)).toEqual(between);
});

test("whoever may gets exactly the answer of the table, and each change is on the trail", async ({ world }) => {
  test.setTimeout(480_000);
  const wrong: string[] = [];
  const allowed = CELLS.filter(({ status }) => status < 300);
  const ending = allowed.filter(({ operation }) => OPERATIONS[operation]?.endsSessions);
  const check = async (cell: Cell) => {
    const { target, caller } = isChange(cell.operation) ? await renewed(world, cell) : { ...world, caller: undefined };
    const reply = await call(world, cell, target, caller);
    if (ending.includes(cell)) await world.signInAgain(cell.principal);
    if (reply.status !== cell.status)
      wrong.push(`${cell.operation} as ${cell.principal}: ${reply.status} ${reply.text}`);
    if (isChange(cell.operation) && !UNRECORDED.includes(cell.operation)) {
      const events = await recorded(world, auditorOf(world, cell.principal), reply);
      // Each session that ends is told of.
      const told = OPERATIONS[cell.operation]?.endsSessions ? [...new Set(events)] : events;
      if (told.join() !== "allowed")
        wrong.push(`${cell.operation} as ${cell.principal}: recorded as [${events.join()}]`);
    }
  };
  // One after the other: changes of power take turns, and one that waits for a slow disk is turned away.
  for (const cell of allowed.filter((each) => !ending.includes(each))) await check(cell);
  for (const cell of ending) {
    // One more, which is there to be ended.
    await world.signInAs(cell.principal);
    await check(cell);
  }
  expect(wrong).toEqual([]);
});

const FOR_ANYBODY = ["DELETE /v1/token", "POST /v1/setup", "POST /auth/login", "POST /auth/verify-2fa"];

test("no key or token changes a credential, a person, a role or policy: it revokes itself and reports events", () => {
  const keys = PRINCIPALS.flatMap((principal, i) => (/( key| token|login)$/.test(principal) ? [i] : []));
  for (const [operation, { statuses }] of Object.entries(OPERATIONS)) {
    const isForAnybody = FOR_ANYBODY.includes(operation) || isForReporters(operation) || isByLink(operation);
    if (!isChange(operation) || isForAnybody) continue;
    for (const i of keys) {
      // The vendor's wire: a login ends the logins of its person.
      const isOwnEnd = PRINCIPALS[i] === "login" && operation === "DELETE /v1/tokens/sessions/revoke";
      expect(statuses.split(/ +/)[i], operation).toBe(isOwnEnd ? "200" : "403");
    }
  }
});

test("another organization's object and none at all get the same answer", async ({ world }) => {
  test.setTimeout(240_000);
  const foreign = await world.newRotatingTarget(world.callers["foreign owner"], world.foreign.instance);
  for (const operation of Object.keys(OPERATIONS).filter((each) => /\[\w+\]/.test(each))) {
    for (const principal of [
      "owner",
      "admin",
      "auditor",
      "instance owner",
      "full key",
      "restricted key",
      "instance token",
      "access admin",
      "no role",
      "login",
    ] as const) {
      const cell = { operation, principal, status: 0 };
      const there = await call(world, cell, foreign);
      const nowhere = await call(world, cell, UNKNOWN);
      expect(there.status, `${operation} as ${principal}`).toBeGreaterThanOrEqual(400);
      expect(told(there), `${operation} as ${principal}`).toEqual(told(nowhere));
    }
  }
});

/** An answer without what differs between any two. */
function told({ status, headers, text, requestId }: Reply) {
  const kept = [...headers].filter(([name]) => !["date", "x-request-id", "content-security-policy"].includes(name));
  return {
    status,
    headers: kept,
    text: text.replaceAll(requestId, "").replace(/"timestamp":"[^"]+"/, ""),
  };
}

async function rowsButTrail({ server }: World) {
  const { audit_event: _, ...rows } = withoutTraces(await readRows(server));
  return rows;
}

async function recorded(world: World, auditor: Caller, { requestId }: Reply): Promise<string[]> {
  const events = await world.done<{ outcome: string }[]>(auditor, "GET", `/v1/audit-events?request=${requestId}`);
  return events.map(({ outcome }) => outcome);
}

/** It ends nothing, and a new token would not have the permission. */
const isForReporters = (operation: string) => operation === "POST /v1/audit-events";

/** A change gets objects of its own; a credential that revokes itself is a new one. */
async function renewed(world: World, { operation, principal }: Cell): Promise<{ target: Target; caller?: Caller }> {
  const by = auditorOf(world, principal);
  const own = principal.startsWith("foreign") ? world.foreign : world.target;
  const caller = isForReporters(operation) ? undefined : /(key|token)$/.exec(principal)?.[0];
  const target = await world.renew(own, by, caller ? `${operation} [${caller}]` : operation);
  const { isRotating } = OPERATIONS[operation] ?? {};
  if (isRotating) await world.rotate(by, operation.includes("[key]") ? `keys/${target.key}` : `tokens/${target.token}`);
  const seeded = principal.startsWith("foreign") ? world.server.seed.globex : world.server.seed.acme;
  if (operation.includes("[grant]")) Object.assign(target, await world.newLogin(by, seeded));
  if (operation.includes("[session]")) target.session = await world.newSession(seeded);
  if (isForReporters(operation)) return { target };
  if (principal === "login") return { target, caller: await world.newOwnersLogin(by, world.server.seed.acme) };
  if (principal.endsWith(" token")) return { target, caller: world.bearer(target.tokenValue) };
  return principal.endsWith(" key") ? { target, caller: world.apiKey(target.value) } : { target };
}
