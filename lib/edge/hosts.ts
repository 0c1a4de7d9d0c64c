import type { Env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];
const DEFAULT_PORT = { "http:": "80", "https:": "443" } as const;

export const isLoopback = (host: string) => /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);

/** The Host values this server answers to. Anything else may be another site's name pointed at it. */
export function allowedHosts({ host, publicUrl }: Pick<Env, "host" | "publicUrl">, port: number): Set<string> {
  const hosts = new Set<string>();
  if (isLoopback(host)) {
    for (const name of LOOPBACK_NAMES) {
      hosts.add(`${name}:${port}`);
      if (port === 80) hosts.add(name);
    }
  }
  if (publicUrl) {
    hosts.add(publicUrl.host);
    const implied = DEFAULT_PORT[publicUrl.protocol as keyof typeof DEFAULT_PORT];
    if (!publicUrl.port) hosts.add(`${publicUrl.hostname}:${implied}`);
  }
  return hosts;
}

/** The request's one Host. Throws 400 when it is missing or doubled, 421 when it is not ours. */
export function requireHost(rawHeaders: readonly string[], allowed: ReadonlySet<string>): string {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === "host");
  const [host] = hosts;
  if (hosts.length !== 1 || !host) throw new AppError("bad_request", "A request needs exactly one Host header.");
  const name = host.toLowerCase();
  if (!allowed.has(name)) throw new AppError("misdirected", "This server does not answer for the requested host.");
  return name;
}
