import { createServer, type Server } from "node:http";
import type { Backend } from "./edge";

interface NextApp {
  handle: NonNullable<Backend["next"]>;
  close: () => Promise<void>;
}

/** Starts Next in this process. Imported late, because React chooses its build by NODE_ENV when it loads. */
export async function prepareNext(
  server: Server,
  settings: { host: string; port: number; dev: boolean },
): Promise<NextApp> {
  const { default: next } = await import("next");
  const { host, port, dev } = settings;
  // Next listens for upgrades on the server it is given: only its development tools need that.
  const httpServer = dev ? server : createServer();
  const app = next({ dev, hostname: host, port, httpServer, quiet: !dev });
  await app.prepare();
  return { handle: app.getRequestHandler(), close: () => app.close() };
}
