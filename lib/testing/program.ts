import "server-only";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { onTestFinished } from "vitest";

/** Bundles lib/testing/programs/<name>.ts so that a test can run it in processes of its own, and kill them. */
export async function buildProgram(name: string): Promise<string> {
  // Inside the project, so that the packages are found.
  const outfile = path.resolve(`dist/testing/${name}-${process.pid}.mjs`);
  await build({
    entryPoints: [`lib/testing/programs/${name}.ts`],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "server-only": path.resolve("node_modules/server-only/empty.js") },
    logLevel: "error",
  });
  return outfile;
}

/** Starts a bundled program; what still runs at the end of the test is killed. */
export function startProgram(file: string, ...args: string[]) {
  const child = spawn(process.execPath, [file, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  onTestFinished(() => kill(child));
  return {
    /** The next line it prints; undefined when it ended without. */
    nextLine: async () => (await lines.next()).value as string | undefined,
    tell: (line: string) => child.stdin.write(`${line}\n`),
    kill: () => kill(child),
    pid: child.pid as number,
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
