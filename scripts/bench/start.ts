import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { freePort, spawnServer } from "@/e2e/fixtures/process";
import { median, milliseconds, whole } from "./figures";
import type { Row } from "./rows";

const READY_MS = 3_000;

/** What `npm start` runs: it looks whether packages and build are those of the files, then becomes the server. */
const PROGRAM = ["scripts/start.mjs"];

/** From the start of the process to its line that it is running, on an embedded store that was used before. */
export const start: Row = {
  name: "start",
  async measure({ rounds, isShort, onEnd }) {
    const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
    onEnd(() => rm(dataDir, { recursive: true, force: true }));
    const port = await freePort();
    const env = { PATH: process.env.PATH, NODE_ENV: "production" as const, DATA_DIR: dataDir, PORT: String(port) };
    const events = isShort ? 500 : 20_000;
    await promisify(execFile)(process.execPath, ["dist/bench-fill.mjs", String(events)], { env });
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      let ready = NaN;
      const onLine = (line: string) => {
        if (line.includes("is running at")) ready = performance.now();
      };
      const server = await spawnServer(`http://127.0.0.1:${port}`, env, onLine, PROGRAM);
      await server.stop();
      times.push(ready - began);
    }
    const time = median(times);
    const figure = `\`node ${PROGRAM.join()}\` on an existing install, embedded, ${whole(events)} events: ready`;
    return { figures: [{ figure, ours: milliseconds(time), target: `≤ ${READY_MS} ms`, isMet: time <= READY_MS }] };
  },
};
