import { chromium } from "playwright";
import { findBrowser } from "@/scripts/browser.mjs";
import type { Demo } from "./demo";

const ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];

/** The script each page loads with nothing in the browser's cache, in bytes as they came over the wire. */
export async function scriptBytes({ origin, paths, cookieFor }: Demo): Promise<Map<string, number>> {
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: ARGS });
  const bytes = new Map<string, number>();
  for (const path of paths.all) {
    const context = await browser.newContext({ baseURL: origin });
    const pairs = cookieFor(path).split("; ").filter(Boolean);
    await context.addCookies(pairs.map((pair) => cookieOf(pair, origin)));
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    const scripts = new Set<string>();
    let sum = 0;
    network.on("Network.responseReceived", ({ requestId, type }) => void (type === "Script" && scripts.add(requestId)));
    network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) sum += encodedDataLength;
    });
    await network.send("Network.enable");
    await page.goto(path, { waitUntil: "networkidle" });
    bytes.set(path, sum);
    await context.close();
  }
  await browser.close();
  return bytes;
}

function cookieOf(pair: string, url: string) {
  const [name = "", value = ""] = pair.split(/=(.*)/s);
  return { name, value, url };
}
