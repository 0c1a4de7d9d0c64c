import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** Without it, the tests that need one are skipped; `.ci/run` insists. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis server of one's own on a port that is free, which can be frozen, killed and started again. */
export async function startRedis(port: number) {
  let child = await spawnRedis(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
    kill: () => kill(child),
    async startAgain() {
      child = await spawnRedis(port);
    },
  };
}

async function spawnRedis(port: number): Promise<ChildProcess> {
  const child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", ""], {
    stdio: "ignore",
  });
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`Redis ended with ${child.exitCode}.`);
    await delay(20);
  }
  return child;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const isOpen = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
