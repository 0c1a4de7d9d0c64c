import type { IncomingMessage } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { AppError } from "@/lib/kernel/errors";
import { hasBody, requireReadableBody } from "./body";
import { isApiPath, isStaticPath } from "./target";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
export const ALLOWED_METHODS = METHODS.join(", ");

/** The part of next-auth's API that its client and our sign-in use; its pages and its log stay shut. */
const NEXT_AUTH =
  /^(GET|HEAD) \/api\/auth\/(csrf|session|providers)$|^GET \/api\/auth\/callback\/oidc$|^POST \/api\/auth\/(callback\/(credentials|second-factor)|signin\/oidc|signout)$/;

/** Throws for what no route answers and Next would run, redirect or answer with 500. */
export function requireServable(request: IncomingMessage, path: string, dev: boolean): void {
  const { method = "", headers } = request;
  if (!METHODS.includes(method)) throw new AppError("method_not_allowed", `The method ${method} is not supported.`);
  if (headers.upgrade !== undefined) throw new AppError("bad_request", "This server does not switch protocols.");
  if (headers["next-action"] !== undefined) throw new AppError("bad_request", "There are no server actions here.");
  requireRouterState(headers["next-router-state-tree"]);
  requireOne(request, "authorization");
  if (isRead(method)) {
    if (hasBody(request)) throw new AppError("bad_request", `A ${method} request has no body.`);
  } else if (!isApiPath(path) && !(dev && isDevelopmentTool(path))) {
    throw new AppError("method_not_allowed", "A page can only be read.");
  }
  requireReadableBody(request);
  if (isDevelopmentTool(path) && !dev && !isStaticPath(path)) throw noSuchPath();
  if (/^\/api\/auth(\/|$)/.test(path) && !NEXT_AUTH.test(`${method} ${path}`)) throw noSuchPath();
}

const isDevelopmentTool = (path: string) => /^\/_(next|_nextjs)/.test(path);

const isRead = (method: string) => ["GET", "HEAD", "OPTIONS"].includes(method);

const noSuchPath = () => new AppError("not_found", "There is nothing at this address.");

function requireOne({ rawHeaders }: IncomingMessage, name: string): void {
  const count = rawHeaders.filter((value, i) => i % 2 === 0 && value.toLowerCase() === name).length;
  if (count > 1) throw new AppError("ambiguous_credentials", `Send one ${name} header, not ${count}.`);
}

/** Next answers 500 when it cannot parse what its own client sends of the page it shows: ask its parser first. */
function requireRouterState(header: string | string[] | undefined): void {
  try {
    parseAndValidateFlightRouterState(header);
  } catch (cause) {
    throw new AppError("bad_request", "The header next-router-state-tree cannot be parsed.", {}, { cause });
  }
}
