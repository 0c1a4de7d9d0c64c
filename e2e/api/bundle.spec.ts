import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type ApiClient, signInByHttp } from "../fixtures/api-client";
import { auditVerify } from "../fixtures/program";
import { expect, test } from "../fixtures/server";
import type { Server } from "../fixtures/start-server";

async function auditorOf(server: Server): Promise<ApiClient> {
  const auditor = await signInByHttp(server.origin, server.seed.acme.people.auditor);
  await expect.poll(async () => (await auditor.call("GET", "/v1/audit/checkpoint")).status).toBe(200);
  return auditor;
}

const ask = (server: Server, client: ApiClient, query = "") =>
  fetch(`${server.origin}/v1/audit/bundle${query}`, { headers: client.headers() });

test("a bundle comes as a file with a name, and a range that the log does not have is refused by name", async ({
  server,
}) => {
  const auditor = await auditorOf(server);
  const file = await ask(server, auditor);
  expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/zip"]);
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="latchkey-acme-0-\d+-[\d-]+\.zip"$/);
  expect(new Uint8Array(await file.arrayBuffer()).subarray(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));

  const beyond = await ask(server, auditor, "?toSeq=99999999");
  const problem = (await beyond.json()) as { errors: { pointer: string }[] };
  expect([beyond.status, problem.errors[0]?.pointer]).toEqual([422, "?toSeq"]);
  expect((await ask(server, auditor, "?cursor=x")).status).toBe(422);
});

test("HEAD takes no copy of the trail in any form, and leaves no event that says so", async ({ server }) => {
  const auditor = await auditorOf(server);
  const exports = async () => {
    const { data } = await auditor.call<{ ZUID: string }[]>("GET", "/v1/audit-events?action=trail.exported");
    return data.map(({ ZUID }) => ZUID);
  };
  const before = await exports();
  for (const path of ["audit/bundle", "audit-events/export?format=csv", "audit-events/export?format=jsonl"]) {
    const head = await fetch(`${server.origin}/v1/${path}`, { method: "HEAD", headers: auditor.headers() });
    expect([path, head.status]).toEqual([path, 405]);
  }
  expect(await exports()).toEqual(before);
  await (await fetch(`${server.origin}/v1/audit-events/export?format=csv`, { headers: auditor.headers() })).text();
  expect(await exports()).toHaveLength(before.length + 1);
});

test("npm run audit:verify says by its exit code whether a bundle holds, by which key and which checkpoints", async ({
  server,
}, info) => {
  const auditor = await auditorOf(server);
  const { data } = await auditor.call<{ keys: { vkey: string }[] }>("GET", "/v1/audit/checkpoint");
  const bundle = info.outputPath("bundle.zip");
  await writeFile(bundle, Buffer.from(await (await ask(server, auditor)).arrayBuffer()));
  const checkpoints = path.join(server.dataDir, "checkpoints.log");

  const whole = await auditVerify(server, [bundle, "--key", data.keys[0]?.vkey ?? "", "--checkpoints", checkpoints]);
  expect(whole.stdout).toContain(": VERIFIED\n");
  expect(whole.stdout).toContain(": every event from 0 up to ");
  expect(whole.code).toBe(0);

  const other = "latchkey-34750f98+92e7f2c6+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
  const foreign = await auditVerify(server, [bundle, "--key", other]);
  expect([foreign.code, foreign.stdout]).toEqual([1, expect.stringContaining("manifest: ")]);
  expect((await auditVerify(server, [checkpoints])).code).toBe(1);
  const nonsense = await auditVerify(server, [bundle, "--key", "nonsense"]);
  expect([nonsense.code, nonsense.stderr]).toEqual([2, expect.stringMatching(/^--key nonsense: a key must look like/)]);
  const missing = await auditVerify(server, [`${bundle}.none`]);
  expect([missing.code, missing.stderr]).toEqual([2, `${bundle}.none cannot be read: no such file or directory.\n`]);
});

test("npm run audit:verify without a bundle checks the trail where it lives", async ({ server }) => {
  await auditorOf(server);
  await server.stop();
  const here = await auditVerify(server, []);
  await server.restart();
  expect(here.stdout).toContain("The trail of this server: VERIFIED\n");
  expect(here.code).toBe(0);
});
