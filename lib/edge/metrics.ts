import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { collectDefaultMetrics } from "prom-client";
import type { Env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { metrics } from "@/lib/kernel/metrics";
import { isInNetworks } from "@/lib/kernel/networks";
import { requireHost } from "./hosts";
import type { EdgeResponse } from "./response";

const PROXIES_WRITE = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
const LOOPBACK = ["127.0.0.0/8", "::1"];

type Settings = Pick<Env, "metricsToken" | "trustedProxies">;

/**
 * Answers with what this process has counted. Who bears the token may ask at any address of the process, as
 * a scraper of several does; without it there is nothing here but for a program of this machine.
 */
export async function answerMetrics(
  request: IncomingMessage,
  response: EdgeResponse,
  { settings, hosts }: { settings: Settings; hosts: ReadonlySet<string> },
): Promise<void> {
  if (!bearsToken(request, settings)) {
    requireHost(request.rawHeaders, hosts);
    if (!isLocal(request, settings)) throw new AppError("not_found", "There is nothing at this address.");
  }
  const { registry } = metrics();
  // Watching the event loop and the collector is for those who look.
  if (!registry.getSingleMetric("latchkey_process_cpu_seconds_total")) {
    collectDefaultMetrics({ register: registry, prefix: "latchkey_" });
  }
  const body = await registry.metrics();
  response
    .writeHead(200, { "content-type": registry.contentType, "content-length": Buffer.byteLength(body) })
    .end(body);
}

function bearsToken({ headers }: IncomingMessage, { metricsToken }: Settings): boolean {
  const given = /^bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
  return metricsToken !== undefined && given !== undefined && timingSafeEqual(sha256(given), sha256(metricsToken));
}

/** A proxy on this machine asks for others, and one that says nothing of them is known by TRUSTED_PROXIES. */
function isLocal({ socket, headers }: IncomingMessage, { trustedProxies }: Settings): boolean {
  const peer = socket.remoteAddress ?? "";
  return (
    isInNetworks(peer, LOOPBACK) &&
    !isInNetworks(peer, trustedProxies) &&
    PROXIES_WRITE.every((name) => headers[name] === undefined)
  );
}

const sha256 = (value: string) => createHash("sha256").update(value).digest();
