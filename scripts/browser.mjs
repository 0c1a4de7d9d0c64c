import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Path of a Chromium to test with: the one on PATH, else Playwright's own, else the system's package.
 * What an installer prints goes to standard error, so that this script's output is the path alone.
 */
export async function findBrowser() {
  const { chromium } = await import("playwright");
  const known = () => onPath() ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
  const tries = [
    () => undefined,
    () => install("npx", ["playwright", "install", "chromium"]),
    () => {
      if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
      install("apt-get", ["update"]);
      install("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
    },
  ];
  for (const attempt of tries) {
    attempt();
    const path = known();
    if (path) return path;
  }
  throw new Error("No Chromium found. Install chromium or google-chrome so that it is on PATH.");
}

function onPath() {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function install(command, args) {
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync(command, args, { env, stdio: ["ignore", 2, 2], timeout: 300_000 });
  } catch (error) {
    process.stderr.write(`${command} ${args.join(" ")}: ${error.message}\n`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(await findBrowser());
