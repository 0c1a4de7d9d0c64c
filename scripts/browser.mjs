import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { findProgram, install, installPackage } from "./programs.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Path of a Chromium to test with: the one on PATH, else Playwright's own, else the system's package. */
export async function findBrowser() {
  const { chromium } = await import("playwright");
  const known = () =>
    findProgram(NAMES) ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
  const tries = [
    () => undefined,
    () => install("npx", ["playwright", "install", "chromium"]),
    () => installPackage("chromium"),
  ];
  for (const attempt of tries) {
    attempt();
    const path = known();
    if (path) return path;
  }
  throw new Error("No Chromium found. Install chromium or google-chrome so that it is on PATH.");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(await findBrowser());
