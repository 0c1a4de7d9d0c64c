import "server-only";
import { log } from "@/lib/kernel/log";
import { endPresentedSession } from "@/lib/auth/next-auth";
import { toAppError } from "@/lib/kernel/errors";
import { requireSameOrigin } from "./origin";
import { problemBody, problemHeaders } from "./problem";
import { originOf } from "./request";

/** next-auth checks its own CSRF token; what it does not do is refuse by origin and answer errors our way. */
export function guardNextAuth<C>(handle: (request: Request, context: C) => Promise<Response>) {
  return async (request: Request, context: C): Promise<Response> => {
    const { requestId } = originOf(request.headers);
    try {
      if (request.method !== "GET") requireSameOrigin(request.headers);
      if (new URL(request.url).pathname.endsWith("/signout")) await endPresentedSession(request.headers);
      return await handle(request, context);
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
