import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { fillDemo } from "@/lib/demo/fill";
import { onStop } from "@/lib/edge/stop";
import { env } from "@/lib/kernel/env";
import { openStore } from "@/lib/store/open";

// The server itself reads --dev: pages then come from their sources.
const { values } = parseArgs({ options: { events: { type: "string", default: "2000" }, dev: { type: "boolean" } } });
const events = Number(values.events);
if (!Number.isInteger(events) || events < 0 || events > 1_000_000) {
  process.stderr.write("--events takes a whole number up to 1000000.\n");
  process.exit(1);
}

const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-demo-"));
onStop(() => rm(dataDir, { recursive: true, force: true }));
// Empty values count as absent, and the server does not fill them from .env: nothing of a real deployment is touched.
Object.assign(process.env, {
  DATA_DIR: dataDir,
  DATABASE_URL: "",
  HOST: "127.0.0.1",
  PUBLIC_URL: "",
  SECRET_KEY: "",
  SMTP_URL: "",
  MAIL_FROM: "",
  TRUSTED_PROXIES: "",
  PORT: process.env.PORT || "0",
});
const store = await openStore(env(), (warning) => process.stderr.write(`${warning}\n`));
const signIns = await fillDemo({ events });
await store.close();

const lines = signIns.map(({ role, email, password }) => `  ${role.padEnd(8)} ${email.padEnd(36)} “${password}”`);
process.stdout.write(
  `\n  A throw-away organization; stopping the server deletes it. Sign in as:\n\n  ${"".padEnd(8)} ${"e-mail".padEnd(36)} password\n${lines.join("\n")}\n`,
);
await import("@/server");
