import { spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "../fixtures/process";
import { expect, test } from "../fixtures/server";

test.use({ seeded: false });

test("a second server on one data directory stops at once and says who holds it; the first goes on", async ({
  server,
}) => {
  test.skip(server.databaseUrl !== undefined, "PostgreSQL takes several processes");
  const env = { PATH: process.env.PATH, NODE_ENV: "production" as const, DATA_DIR: server.dataDir };
  const second = spawn(process.execPath, ["scripts/start.mjs"], { env: { ...env, PORT: String(await freePort()) } });
  let said = "";
  for (const stream of [second.stdout, second.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const [code] = (await once(second, "close")) as [number];
  expect(code).toBe(1);
  expect(said).toContain(`The data directory ${server.dataDir} is in use by process ${server.pid}.`);
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
});
