import { type ApiClient, signInByHttp } from "@/e2e/fixtures/api-client";
import { freePort, spawnServer } from "@/e2e/fixtures/process";
import { milliseconds, percentile, whole } from "./figures";
import { pin } from "./processes";
import type { Figure, Row } from "./rows";
import { scriptBytes } from "./scripts";
import { done } from "./world";

const P95_MS = 100;
const SCRIPT_KB = 180;
const OWNER = /Owner\s+(\S+@\S+)\s+“(.+)”/;

/** Every page of the console on the demo organization: until its last byte is there, and the script it loads. */
export const pages: Row = {
  name: "pages",
  async measure({ isShort, onEnd }) {
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

    const paths = await pathsOf(owner);
    const times = new Map<string, number[]>();
    for (const path of paths) times.set(path, await timesOf(origin, path, owner, isShort ? 2 : 40));
    const bytes = isShort ? undefined : await scriptBytes(origin, paths, owner.headers().cookie ?? "");
    const rows = paths.map((path) => ({
      path: path.replace(/\/\d+-[0-9a-f]+-[0-9a-z]+/g, "/…"),
      p50: percentile(times.get(path) ?? [], 50),
      p95: percentile(times.get(path) ?? [], 95),
      kilobytes: (bytes?.get(path) ?? NaN) / 1000,
    }));
    const details = [
      "\n## Pages\n",
      "| page | p50 | p95 | script |",
      "| --- | --- | --- | --- |",
      ...rows.map(
        ({ path, p50, p95, kilobytes }) =>
          `| \`${path}\` | ${milliseconds(p50)} | ${milliseconds(p95)} | ${whole(kilobytes)} kB |`,
      ),
    ].join("\n");
    const slowest = rows.reduce((one, other) => (other.p95 > one.p95 ? other : one));
    const figures: Figure[] = [
      {
        figure: `console pages, demo data: p95 of the slowest (\`${slowest.path}\`)`,
        ours: milliseconds(slowest.p95),
        target: `≤ ${P95_MS} ms`,
        isMet: slowest.p95 <= P95_MS,
      },
    ];
    if (bytes) {
      const heaviest = rows.reduce((one, other) => (other.kilobytes > one.kilobytes ? other : one));
      figures.push({
        figure: `compressed script of the heaviest (\`${heaviest.path}\`)`,
        ours: `${whole(heaviest.kilobytes)} kB`,
        target: `≤ ${SCRIPT_KB} kB`,
        isMet: heaviest.kilobytes <= SCRIPT_KB,
      });
    }
    return { figures, details };
  },
};

/** One page of each kind. */
async function pathsOf(owner: ApiClient): Promise<string[]> {
  const first = async (path: string) => (await done<{ ZUID: string }[]>(owner, "GET", path))[0]?.ZUID ?? "";
  const [app, instance, user] = await Promise.all(["/v1/apps", "/v1/instances", "/v1/users"].map(first));
  const [key, token, role] = await Promise.all(
    [`/v1/apps/${app}/keys`, `/v1/instances/${instance}/tokens`, `/v1/instances/${instance}/roles`].map(first),
  );
  return [
    "/",
    "/credentials",
    "/audit",
    "/instances",
    `/instances/${instance}`,
    `/instances/${instance}/tokens`,
    `/instances/${instance}/tokens/new`,
    `/instances/${instance}/tokens/${token}`,
    `/instances/${instance}/roles`,
    `/instances/${instance}/roles/${role}`,
    "/admin/setup/apps",
    "/admin/setup/apps/new",
    `/admin/setup/apps/${app}`,
    `/admin/setup/apps/${app}/keys/${key}`,
    "/admin/users",
    `/admin/users/${user}`,
    "/admin/invites",
    "/admin/policy",
    "/admin/resources",
    "/account",
    "/account/sessions",
    "/account/security",
  ];
}

async function timesOf(origin: string, path: string, owner: ApiClient, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let request = -2; request < count; request += 1) {
    const began = performance.now();
    const answer = await fetch(origin + path, { headers: owner.headers(), redirect: "manual" });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
    // The first ones load what the page needs.
    if (request >= 0) times.push(performance.now() - began);
  }
  return times;
}
