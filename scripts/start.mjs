import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Latchkey needs Node 20.19 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(1);
}

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { installPackages } = await import("./install.mjs");
installPackages();
const { buildWhenStale } = await import("./build.mjs");
await buildWhenStale();
const PROGRAMS = ["setup", "demo", "migrate", "audit-rotate-key", "audit-verify", "backup", "restore"];
const program = PROGRAMS.includes(process.argv[2]) ? process.argv.splice(2, 1)[0] : "server";
if (process.env.npm_lifecycle_event) stopWithParent();
// In this process, so that a signal reaches the server itself.
await import(`../dist/${program}.mjs`);

/** npm hands SIGTERM to the shell it started, which ends without telling the program in it. */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}
