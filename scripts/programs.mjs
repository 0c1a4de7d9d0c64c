import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Path of the first of these programs that is on PATH or in one of the other folders. */
export function findProgram(names, folders = []) {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), ...folders]) {
    for (const name of names) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** Runs an installer. What it prints goes to standard error, so that the caller's output is its own. */
export function install(command, args) {
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync(command, args, { env, stdio: ["ignore", 2, 2], timeout: 300_000 });
  } catch (error) {
    process.stderr.write(`${command} ${args.join(" ")}: ${error.message}\n`);
  }
}

/** Installs a package of the system where that is possible: as root on a Debian. */
export function installPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
  install("apt-get", ["update"]);
  install("apt-get", ["install", "-y", "--no-install-recommends", name]);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
