import type { IncomingMessage } from "node:http";
import { clientAddress } from "./client-address";
import { contentSecurityPolicy, type HeaderPolicy } from "./security-headers";

/** What only this process may say to Next and to the handlers, or what a proxy says: never taken from a client. */
const OURS = /^(x-latchkey-|x-middleware-|x-nextjs-|x-next-|x-invoke-|x-forwarded-|x-vercel-|x-now-|x-prerender-)/;
const OURS_EXACT = new Set([
  "content-security-policy",
  "content-security-policy-report-only",
  "forwarded",
  "next-resume",
  "x-matched-path",
  "x-nonce",
  "x-real-ip",
]);

/** The development server answers a navigation through its web socket, which it finds by these. */
const DEVELOPMENT = /^x-nextjs-(html-)?request-id$/;

interface Facts {
  requestId: string;
  nonce: string;
  host: string;
  proto: "http" | "https";
  trustedProxies: readonly string[];
  policy: HeaderPolicy;
}

/** Replaces what a client may not say with what this process knows; returns the client's address. */
export function vouchForHeaders(request: IncomingMessage, facts: Facts): string {
  const { headers } = request;
  const ip = clientAddress(request.socket.remoteAddress ?? "", headers["x-forwarded-for"], facts.trustedProxies);
  for (const name of Object.keys(headers)) {
    if (facts.policy.dev && DEVELOPMENT.test(name)) continue;
    if (OURS.test(name) || OURS_EXACT.has(name)) delete headers[name];
  }
  Object.assign(headers, {
    "x-latchkey-request-id": facts.requestId,
    "x-latchkey-ip": ip,
    // The page asked for, so that a sign-in can lead back to it.
    "x-latchkey-target": request.url ?? "/",
    "x-nonce": facts.nonce,
    // Next takes the nonce for its own scripts from here.
    "content-security-policy": contentSecurityPolicy(facts.nonce, facts.policy),
    "x-forwarded-for": ip,
    "x-forwarded-host": facts.host,
    "x-forwarded-proto": facts.proto,
  });
  if (request.method === "HEAD") headers["x-latchkey-method"] = "HEAD";
  // Next keeps its own header of this from the pages.
  if (headers["next-router-prefetch"] !== undefined) headers["x-latchkey-prefetch"] = "1";
  return ip;
}
