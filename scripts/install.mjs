import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Installs the locked packages unless node_modules already holds exactly them. */
export function installPackages() {
  if (isInstalled()) return;
  const { status } = spawnSync("npm", ["ci", "--include=dev"], {
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

function isInstalled() {
  const wanted = packages("package-lock.json");
  const present = packages("node_modules/.package-lock.json");
  return Object.entries(wanted).every(
    // Optional packages are those of other platforms.
    ([path, { version, optional, devOptional }]) =>
      path === "" || optional || devOptional || present[path]?.version === version,
  );
}

function packages(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return {};
  }
}
