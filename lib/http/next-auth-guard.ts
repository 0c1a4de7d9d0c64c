import "server-only";
import { log } from "@/lib/kernel/log";
import { endPresentedSession } from "@/lib/auth/presented-session";
import { requireAttempt, singleSignOnBucket } from "@/lib/auth/throttle";
import { env } from "@/lib/kernel/env";
import { AppError, toAppError } from "@/lib/kernel/errors";
import { requireSameOrigin } from "./origin";
import { problemBody, problemHeaders } from "./problem";
import { lengthOf, originOf, requireShortForm } from "./request";

/** next-auth checks its own CSRF token; what it does not do is refuse by origin and by length, and answer errors our way. */
export function guardNextAuth<C>(handle: (request: Request, context: C) => Promise<Response>) {
  return async (request: Request, context: C): Promise<Response> => {
    const { requestId, ip } = originOf(request.headers);
    try {
      const { pathname } = new URL(request.url);
      if (request.method !== "GET") requireSameOrigin(request.headers);
      requireShortForm(lengthOf(request));
      if (pathname.endsWith("/oidc")) await admitSingleSignOn(ip);
      if (pathname.endsWith("/signout")) await endPresentedSession(request.headers);
      return toOwnPage(await handle(request, context));
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.status >= 500) log().error({ requestId, err: thrown }, "sign-in failed");
      const headers = {
        ...problemHeaders(error),
        "content-type": "application/problem+json",
        "cache-control": "no-store",
      };
      return new Response(JSON.stringify(problemBody(error, requestId)), { status: error.status, headers });
    }
  };
}

/** Whoever asks makes this server ask the provider, so nobody may without end. */
async function admitSingleSignOn(ip: string): Promise<void> {
  if (!env().oidc) throw new AppError("not_found", "There is no single sign-on here.");
  const detail = "Too many single sign-ons from your network; try again in five minutes, or use your password.";
  await requireAttempt(singleSignOnBucket(ip), detail);
}

/** What goes wrong at the provider leads to our sign-in and not to next-auth's own page, which is shut. */
function toOwnPage(response: Response): Response {
  const location = response.headers.get("location");
  if (!location || new URL(location, "http://localhost").pathname !== "/api/auth/error") return response;
  const headers = new Headers(response.headers);
  headers.set("location", "/sign-in?error=sso");
  return new Response(null, { status: response.status, headers });
}
