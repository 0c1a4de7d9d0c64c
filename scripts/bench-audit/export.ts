import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { signInByHttp } from "@/e2e/fixtures/api-client";
import { freePort, spawnServer } from "@/e2e/fixtures/process";
import { connect } from "./database";
import { OWNER, type Trail } from "./seed";

const BUNDLED = 100_000;

export interface Exported {
  format: string;
  records: number;
  seconds: number;
  megabytes: number;
  /** How much more memory the server took at the most than before the first of them. */
  grownMegabytes: number;
}

/** What sealing the events of the bundle was like; memory is of the server after it, against the same moment. */
export type Sealed = Pick<Exported, "grownMegabytes"> & { perSecond: number };

/** Exports of a real server over HTTP, read as fast as they come, and how it sealed what is bundled, unless an earlier run did. */
export async function exported(
  { url, organizationId }: Trail,
  filter: string,
): Promise<{ files: Exported[]; sealed: Sealed | undefined }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: url,
    SECRET_KEY: "0".repeat(64),
  } as const;
  const server = await spawnServer(origin, env, () => undefined);
  try {
    const owner = await signInByHttp(origin, { ...OWNER, id: randomUUID() });
    const asked = { origin, headers: owner.headers(), pid: server.pid };
    const { resident } = await exportOnce(asked, 0, "audit-events/export?format=jsonl&time=24h");
    const file = async (format: string, address: string, records?: number): Promise<Exported> => ({
      format,
      ...(await exportOnce(asked, resident, address)),
      ...(records !== undefined && { records }),
    });
    const csv = await file("csv", `audit-events/export?${filter}&format=csv`);
    const jsonl = await file("jsonl", `audit-events/export?${filter}&format=jsonl`);
    const { size, perSecond } = await sealSome(url, organizationId);
    const sealed = perSecond ? { perSecond, grownMegabytes: (residentOf(server.pid) - resident) / 1024 } : undefined;
    const bundle = await file("bundle", `audit/bundle?fromSeq=0&toSeq=${size}`, size);
    return { files: [csv, jsonl, bundle], sealed };
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Has the server put the oldest events into the log of the organization, unless an earlier run did. */
async function sealSome(url: string, organizationId: string): Promise<{ size: number; perSecond: number | undefined }> {
  const database = await connect(url);
  const number = async (sql: string) => Number((await database.query<{ n: string }>(sql, [organizationId])).rows[0]?.n);
  const size = () => number("select count(*) as n from audit_leaf where log_id = $1");
  const before = await size();
  const missing = Math.max(0, BUNDLED - before);
  await database.query(
    `insert into audit_pending (position, log_id)
     select position, organization_id from audit_event e
     where organization_id = $1 and not exists (select from audit_leaf l where l.event_id = e.id)
     order by position limit $2 on conflict do nothing`,
    [organizationId, missing],
  );
  const began = performance.now();
  while ((await number("select count(*) as n from audit_pending where log_id = $1")) > 0) await delay(100);
  const seconds = (performance.now() - began) / 1000;
  const after = await size();
  await database.end();
  return { size: Math.min(BUNDLED, after), perSecond: missing > 0 ? (after - before) / seconds : undefined };
}

interface Asked {
  origin: string;
  headers: Record<string, string>;
  pid: number;
}

async function exportOnce({ origin, headers, pid }: Asked, before: number, address: string) {
  let most = residentOf(pid);
  const began = performance.now();
  const answer = await fetch(`${origin}/v1/${address}`, { headers });
  if (!answer.ok || !answer.body) throw new Error(`The export was answered ${answer.status}: ${await answer.text()}`);
  const sampling = setInterval(() => (most = Math.max(most, residentOf(pid))), 100);
  let [bytes, records] = [0, 0];
  for await (const part of answer.body) {
    bytes += part.length;
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) records += 1;
  }
  clearInterval(sampling);
  const seconds = (performance.now() - began) / 1000;
  const resident = residentOf(pid);
  const grownMegabytes = (Math.max(most, resident) - before) / 1024;
  return { records, seconds, megabytes: bytes / 2 ** 20, grownMegabytes, resident };
}

/** Kilobytes of a process in memory. */
const residentOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
