import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { signInByHttp } from "@/e2e/fixtures/api-client";
import { freePort, spawnServer } from "@/e2e/fixtures/process";
import { OWNER } from "./seed";

export interface Exported {
  format: string;
  records: number;
  seconds: number;
  megabytes: number;
  /** How much more memory the server took at the most than before. */
  grownMegabytes: number;
}

/** Exports of a real server over HTTP, read as fast as they come. */
export async function exported(databaseUrl: string, filter: string): Promise<Exported[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: "0".repeat(64),
  } as const;
  const server = await spawnServer(origin, env, () => undefined);
  try {
    const owner = await signInByHttp(origin, { ...OWNER, id: randomUUID() });
    await exportOnce(origin, owner.headers(), server.pid, `format=jsonl&time=24h`);
    const done: Exported[] = [];
    for (const format of ["csv", "jsonl"]) {
      const one = await exportOnce(origin, owner.headers(), server.pid, `${filter}&format=${format}`);
      done.push({ ...one, format });
    }
    return done;
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function exportOnce(origin: string, headers: Record<string, string>, pid: number, query: string) {
  const before = residentOf(pid);
  let most = before;
  const began = performance.now();
  const answer = await fetch(`${origin}/v1/audit-events/export?${query}`, { headers });
  if (!answer.ok || !answer.body) throw new Error(`The export was answered ${answer.status}: ${await answer.text()}`);
  const sampling = setInterval(() => (most = Math.max(most, residentOf(pid))), 100);
  let [bytes, records] = [0, 0];
  for await (const part of answer.body) {
    bytes += part.length;
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) records += 1;
  }
  clearInterval(sampling);
  const seconds = (performance.now() - began) / 1000;
  return { records, seconds, megabytes: bytes / 2 ** 20, grownMegabytes: (most - before) / 1024 };
}

/** Kilobytes of a process in memory. */
const residentOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
