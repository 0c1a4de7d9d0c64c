import "server-only";
import { originOf } from "@/lib/http/request";
import type { Described } from "@/lib/http/openapi";
import type { Answerer } from "./answer";

/** The answers as a route handler of Next: for what the edge does not answer itself. */
export function handler(definition: Described, answer: Answerer) {
  const run = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const { status, headers, body } = await answer({
      target: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
      origin: originOf(request.headers),
    });
    return new Response(body, { status, headers });
  };
  return Object.assign(run, { definition });
}
