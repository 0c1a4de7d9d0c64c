import type { Server } from "node:http";
import { Server as TcpServer } from "node:net";
import { log } from "@/lib/kernel/log";
import { beginStop, isStopping, runClosers } from "./stop";

const LAST_REQUESTS_MS = 1_000;
const ANSWERS_MS = 7_000;
const EXIT_MS = 9_500;

/** SIGTERM and SIGINT finish what is being answered, run the closers and exit within ten seconds; a second one exits at once. */
export function stopOnSignals(server: Server): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isStopping()) process.exit(1);
      log().info({ signal }, "stopping");
      void stop(server);
    });
  }
}

async function stop(server: Server): Promise<void> {
  beginStop();
  setTimeout(() => {
    log().error("stopping took too long");
    process.exit(1);
  }, EXIT_MS);
  await drain(server);
  await runClosers((thrown) => log().error({ err: thrown }, "closing failed"));
  process.exit(0);
}

async function drain(server: Server): Promise<void> {
  const began = Date.now();
  const sweep = setInterval(() => {
    const elapsed = Date.now() - began;
    if (elapsed > ANSWERS_MS) server.closeAllConnections();
    else if (elapsed > LAST_REQUESTS_MS) server.closeIdleConnections();
  }, 50);
  // http's own close() ends idle connections at once, and a request may be on its way on one of them:
  // for a moment each gets an answer that says "connection: close".
  await new Promise<void>((resolve) => {
    TcpServer.prototype.close.call(server, () => resolve());
  });
  clearInterval(sweep);
}
