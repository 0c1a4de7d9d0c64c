import pLimit from "p-limit";
import { signInByHttp } from "../fixtures/api-client";
import { test as base } from "../fixtures/server";
import type { Account } from "../fixtures/accounts";
import type { Server } from "../fixtures/start-server";

export { expect } from "../fixtures/server";

/** Who sends a request: the headers that say so. */
export type Caller = Record<string, string>;

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown> & { data?: Record<string, unknown> };
  requestId: string;
}

/** The ids of one organization's objects. */
export interface Target {
  app: string;
  key: string;
  value: string;
  instance: string;
  event: string;
}

export const PRINCIPALS = [
  "none",
  "garbage",
  "ended session",
  "foreign owner",
  "foreign key",
  "full key",
  "restricted key",
  "owner",
  "admin",
  "developer",
  "auditor",
  "instance owner",
  "publisher",
] as const;
export type Principal = (typeof PRINCIPALS)[number];

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** The seeded server with everybody signed in and a key of every kind. */
export const test = base.extend<object, { world: World }>({
  world: [
    async ({ server }, use) => {
      await use(await makeWorld(server));
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** Runs the work for each, some at a time. */
export const forEach = <T>(items: readonly T[], work: (item: T) => Promise<void>) => pLimit(12).map(items, work);

let made = 0;
/** A name nobody has taken. */
export const fresh = (what: string) => `${what} ${process.pid} ${++made}`;

async function makeWorld(server: Server) {
  const { acme, globex } = server.seed;
  const signIn = async (account: Account): Promise<Caller> => (await signInByHttp(server.origin, account)).headers();

  async function send(
    caller: Caller,
    method: string,
    path: string,
    body?: unknown,
    headers: Caller = {},
  ): Promise<Reply> {
    const answer = await fetch(server.origin + path, {
      method,
      redirect: "manual",
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...caller, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get("content-type") ?? "") && text !== "";
    const requestId = answer.headers.get("x-request-id") ?? "";
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: (isJson ? JSON.parse(text) : {}) as Reply["body"],
      requestId,
    };
  }

  /** The `data` of an answer that must have succeeded. */
  async function done<T = Record<string, string>>(
    caller: Caller,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> {
    const reply = await send(caller, method, path, body);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body.data as T;
  }

  const owner = await signIn(acme.people.owner);
  const foreignOwner = await signIn(globex.people.owner);
  const apiKey = (key: string): Caller => ({ authorization: `apikey ${key}` });

  async function newTarget(by: Caller, instance: string, keyAccess: object = { mode: "full" }): Promise<Target> {
    const { ZUID: app = "" } = await done(by, "POST", "/v1/apps", { name: fresh("App"), keyAccess });
    const { ZUID: key = "", key: value = "" } = await done(by, "POST", `/v1/apps/${app}/keys`, { name: fresh("Key") });
    return { app, key, value, instance, event: await eventOn(by, instance) };
  }

  /** An event that belongs to the instance. */
  async function eventOn(by: Caller, instance: string): Promise<string> {
    await done(by, "PUT", `/v1/instances/${instance}`, { name: fresh("Instance") });
    const [event] = await done<{ ZUID: string }[]>(by, "GET", `/v1/audit-events?instance=${instance}&limit=1`);
    return event?.ZUID ?? "";
  }

  /** The same with a rotation under way. */
  async function newRotatingTarget(by: Caller, instance: string): Promise<Target> {
    const target = await newTarget(by, instance);
    await done(by, "POST", `/v1/keys/${target.key}/rotations`, { overlapHours: 24 });
    return target;
  }

  const target = await newTarget(owner, acme.instanceId);
  const restricted = await newTarget(owner, acme.instanceId, { mode: "restricted", permissions: ["instances:read"] });
  const foreign = await newTarget(foreignOwner, globex.instanceId);
  const ended = await signInByHttp(server.origin, acme.people.owner);
  const endedHeaders = ended.headers();
  await signOut(endedHeaders);

  const callers: Record<Principal, Caller> = {
    none: {},
    garbage: { authorization: "apikey garbage" },
    "ended session": endedHeaders,
    "foreign owner": foreignOwner,
    "foreign key": apiKey(foreign.value),
    "full key": apiKey(target.value),
    "restricted key": apiKey(restricted.value),
    owner,
    admin: await signIn(acme.people.admin),
    developer: await signIn(acme.people.developer),
    auditor: await signIn(acme.people.auditor),
    "instance owner": await signIn(acme.people.instanceOwner),
    publisher: await signIn(acme.people.publisher),
  };

  async function signOut(session: Caller): Promise<void> {
    const csrf = await send(session, "GET", "/api/auth/csrf");
    const cookie = `${session.cookie}; ${csrf.headers
      .getSetCookie()
      .map((set) => set.split(";")[0])
      .join("; ")}`;
    const form = new URLSearchParams({ csrfToken: String(csrf.body.csrfToken), json: "true" });
    const type = { "content-type": "application/x-www-form-urlencoded" };
    await send({ ...session, cookie }, "POST", "/api/auth/signout", String(form), type);
  }

  return {
    server,
    send,
    done,
    callers,
    apiKey,
    target,
    foreign,
    signIn,
    signOut,
    newTarget,
    newRotatingTarget,
    eventOn,
  };
}
