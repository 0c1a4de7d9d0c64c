import { type ApiClient, signInByHttp } from "@/e2e/fixtures/api-client";
import { freePort, spawnServer } from "@/e2e/fixtures/process";
import { pin } from "./processes";
import { done, type World } from "./world";

const OWNER = /Owner\s+(\S+@\S+)\s+“(.+)”/;
const SIGN_IN = "/sign-in";

/** The console on the demo organization. */
export interface Demo {
  origin: string;
  /** One page of each kind, and those that are looked at most. */
  paths: { all: string[]; main: string[] };
  /** The session of the owner, but nobody's where one signs in. */
  cookieFor(path: string): string;
}

/** Started when a row first needs it. */
export const demoOf = (world: World): Promise<Demo> => world.once("demo", () => startDemo(world));

async function startDemo({ isShort, onEnd }: World): Promise<Demo> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { PATH: process.env.PATH, NODE_ENV: "production" as const, PORT: String(port) };
  const events = isShort ? "500" : "20000";
  const lines: string[] = [];
  const server = await spawnServer(origin, env, (line) => lines.push(line), ["dist/demo.mjs", "--events", events]);
  onEnd(() => server.stop());
  pin(server.pid, "answers");
  const [, email = "", password = ""] = lines.map((line) => OWNER.exec(line)).find(Boolean) ?? [];
  const owner = await signInByHttp(origin, { id: "", email, password });
  const { cookie = "" } = owner.headers();
  return { origin, paths: await pathsOf(owner), cookieFor: (path) => (path === SIGN_IN ? "" : cookie) };
}

async function pathsOf(owner: ApiClient): Promise<Demo["paths"]> {
  const first = async (path: string) => (await done<{ ZUID: string }[]>(owner, "GET", path))[0]?.ZUID ?? "";
  const [app, instance, user] = await Promise.all(["/v1/apps", "/v1/instances", "/v1/users"].map(first));
  const [key, token, role] = await Promise.all(
    [`/v1/apps/${app}/keys`, `/v1/instances/${instance}/tokens`, `/v1/instances/${instance}/roles`].map(first),
  );
  const [keyPage, tokenPage] = [`/admin/setup/apps/${app}/keys/${key}`, `/instances/${instance}/tokens/${token}`];
  const all = [
    "/",
    "/credentials",
    "/audit",
    "/audit/integrity",
    "/audit/streams",
    "/instances",
    `/instances/${instance}`,
    `/instances/${instance}/tokens`,
    `/instances/${instance}/tokens/new`,
    tokenPage,
    `/instances/${instance}/roles`,
    `/instances/${instance}/roles/${role}`,
    "/admin/setup/apps",
    "/admin/setup/apps/new",
    `/admin/setup/apps/${app}`,
    keyPage,
    "/admin/users",
    `/admin/users/${user}`,
    "/admin/invites",
    "/admin/outbox",
    "/admin/policy",
    "/admin/resources",
    "/account",
    "/account/sessions",
    "/account/security",
    SIGN_IN,
  ];
  return { all, main: ["/", "/admin/setup/apps", keyPage, "/audit", tokenPage, SIGN_IN] };
}

/** An address without the ids in it. */
export const kindOf = (path: string) => path.replace(/\/\d+-[0-9a-f]+-[0-9a-z]+/g, "/…");
