import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { requireTrail } from "@/lib/audit/boot-check";
import { withBuiltFiles } from "@/lib/edge/built-files";
import { startRetention } from "@/lib/audit/retention";
import { startSealer } from "@/lib/audit/sealer";
import { startControl } from "@/lib/backup/control";
import { startIndexer } from "@/lib/audit/find/indexer";
import { type Backend, createEdge } from "@/lib/edge/edge";
import { isLoopback } from "@/lib/edge/hosts";
import { prepareNext } from "@/lib/edge/next-app";
import { stopOnSignals } from "@/lib/edge/shutdown";
import { onStop } from "@/lib/edge/stop";
import { env } from "@/lib/kernel/env";
import { log } from "@/lib/kernel/log";
import { setOwnAddress } from "@/lib/kernel/own-address";
import { settleAfterwards } from "@/lib/mail/afterwards";
import { startNotices } from "@/lib/notices/schedule";
import { prepareSetup } from "@/lib/setup/code";
import { requireSameKey } from "@/lib/store/key-fingerprint";
import { openStore } from "@/lib/store/open";
import { startStreams } from "@/lib/streams/schedule";
import { shareCounts } from "@/lib/verification/shared-counts";
import { flushUsage } from "@/lib/verification/usage";
import { startVerifier } from "@/lib/verification/verifier";

if (existsSync(".env")) process.loadEnvFile(".env");

// V8 lets the heap grow to several times of what is in it before it looks for garbage; by a quarter, memory is halved.
setFlagsFromString("--heap-growing-percent=25");

const dev = process.argv.includes("--dev");
Object.assign(process.env, {
  NODE_ENV: dev ? "development" : "production",
  NEXT_TELEMETRY_DISABLED: "1",
  // The edge has checked the host and wrote the forwarded headers itself.
  AUTH_TRUST_HOST: "true",
});

async function start(): Promise<void> {
  const settings = env();
  const { host, publicUrl } = settings;
  if (!isLoopback(host) && !publicUrl) {
    throw new Error(`HOST is ${host}: set PUBLIC_URL to the address that browsers and programs will use.`);
  }
  if (publicUrl?.protocol === "https:" && settings.trustedProxies.length === 0) {
    log().warn(
      "PUBLIC_URL is https but TRUSTED_PROXIES is empty: every client will seem to come from the proxy's address.",
    );
  }
  if (settings.redisUrl) onStop(shareCounts(settings.redisUrl));
  const backend: Backend = {};
  const server = createEdge(settings, backend, dev);
  const port = await listen(server, settings.port, host);
  const origin = publicUrl?.origin ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  setOwnAddress(origin);
  stopOnSignals(server);

  const opening = openStore(settings, (message) => log().warn(message));
  // Loading Next stalls this process for longer than a connection to PostgreSQL may take.
  if (settings.databaseUrl) {
    await opening;
    await requireSameKey();
  }
  const [store, next] = await Promise.all([opening, prepareNext(server, { host, port, dev })]);
  onStop(() => store.close());
  await requireTrail();
  // Stopped when nothing is recorded any more.
  onStop(await startSealer(settings.checkpoints));
  onStop(flushUsage);
  onStop(settleAfterwards);
  onStop(() => next.close());
  onStop(await startVerifier(store));
  const setupCode = await prepareSetup();
  backend.store = store;
  backend.next = dev ? next.handle : withBuiltFiles(next.handle);
  onStop(startNotices());
  onStop(startStreams());
  onStop(startRetention());
  if (store.kind === "embedded") onStop(await startControl(store, settings));
  onStop(startIndexer(store.openSlow));

  process.stdout.write(greeting(origin, setupCode));
}

const noSuchAddress = (host: string) => `HOST is ${host}, which is no address of this machine.`;
const LISTEN_ERRORS: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (host, port) => `Port ${port} of ${host} is in use. Stop what uses it, or set PORT to another.`,
  EACCES: (host, port) => `This process may not listen on port ${port} of ${host}. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: noSuchAddress,
  ENOTFOUND: noSuchAddress,
};

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new Error(LISTEN_ERRORS[error.code ?? ""]?.(host, port) ?? error.message, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

const greeting = (origin: string, setupCode: string | undefined) =>
  setupCode
    ? `\n  Latchkey is running at ${origin}\n  Set it up at ${origin}/setup#code=${setupCode} with the one-time code ${setupCode}\n\n`
    : `\n  Latchkey is running at ${origin}\n\n`;

process.on("unhandledRejection", (reason) => log().error({ err: reason }, "unhandled rejection"));
process.on("uncaughtException", (error) => {
  log().fatal({ err: error }, "uncaught exception");
  process.exit(1);
});

start().catch((error: unknown) => {
  const isPlain = error instanceof Error && error.constructor === Error;
  process.stderr.write(`Latchkey could not start.\n${isPlain ? error.message : inspect(error)}\n`);
  process.exit(1);
});
