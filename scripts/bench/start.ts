import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { freePort, spawnServer } from "@/e2e/fixtures/process";
import { median, milliseconds } from "./figures";
import type { Row } from "./rows";

const READY_MS = 3_000;

/** From the start of the process to its first answer that it is ready, on an embedded store that was used before. */
export const start: Row = {
  name: "start",
  async measure({ rounds, onEnd }) {
    const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
    onEnd(() => rm(dataDir, { recursive: true, force: true }));
    const port = await freePort();
    const env = { PATH: process.env.PATH, NODE_ENV: "production" as const, DATA_DIR: dataDir, PORT: String(port) };
    await promisify(execFile)(process.execPath, ["dist/seed.mjs"], { env });
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const server = await spawnServer(`http://127.0.0.1:${port}`, env, () => undefined);
      times.push(performance.now() - began);
      await server.stop();
    }
    const time = median(times);
    const figure = "start on an existing install, embedded: ready";
    return { figures: [{ figure, ours: milliseconds(time), target: `≤ ${READY_MS} ms`, isMet: time <= READY_MS }] };
  },
};
