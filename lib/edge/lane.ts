import type { IncomingMessage } from "node:http";
import type { Answerer } from "@/lib/http/verification/answer";
import { checkForward } from "@/lib/http/verification/forward";
import { introspect } from "@/lib/http/verification/introspect";
import { metadata } from "@/lib/http/verification/metadata";
import { verify } from "@/lib/http/verification/verify";

const BODY_AT_MOST = 65_536;

/**
 * Who answers this request without Next, which costs many times what a check does: the function that Next's handler
 * calls too. Undefined for other addresses, and for whatever is not sent plainly: the general way refuses or reads it.
 */
export function laneFor(request: IncomingMessage, hosts: ReadonlySet<string>): Answerer | undefined {
  const answer = answererOf(request);
  return answer && isPlain(request, hosts) ? answer : undefined;
}

function answererOf({ method, url = "" }: IncomingMessage): Answerer | undefined {
  switch (url) {
    case "/oauth/introspect":
      return method === "POST" ? introspect : undefined;
    case "/v1/verify":
      return method === "POST" ? verify : undefined;
    case "/.well-known/oauth-authorization-server":
      return method === "GET" ? metadata : undefined;
    default:
      return isForwardCheck(url) && method !== "TRACE" ? checkForward : undefined;
  }
}

/** Some proxies append the address that they were asked for. */
export const isForwardCheck = (target: string) =>
  target === "/auth/check" || target.startsWith("/auth/check/") || target.startsWith("/auth/check?");

function isPlain(request: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  const { headers } = request;
  return (
    headers["transfer-encoding"] === undefined &&
    headers.expect === undefined &&
    Number(headers["content-length"] ?? 0) <= BODY_AT_MOST &&
    hosts.has(headers.host?.toLowerCase() ?? "") &&
    isUndoubled(request)
  );
}

/** Whether there is one Host and at most one Authorization: of others Node has kept the first and dropped the rest. */
function isUndoubled({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  let credentials = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
    if (name.length === 13 && name.toLowerCase() === "authorization") credentials += 1;
  }
  return hosts === 1 && credentials <= 1;
}
