import { admit } from "./admit";
import type { Latchkey, Needs, Principal } from "./latchkey";

/**
 * For route handlers of Next: `export const GET = requireCredential({ permission: "content:read" })(handler)`.
 * Next does not tell the client's address: read it from the header that your proxy writes.
 */
export const forNext =
  (latchkey: Latchkey, addressOf: (request: Request) => string | undefined) =>
  (needs: Needs = {}) =>
  <Context>(handler: (request: Request, principal: Principal, context: Context) => Response | Promise<Response>) =>
  async (request: Request, context: Context): Promise<Response> => {
    const authorization = request.headers.get("authorization") ?? undefined;
    const outcome = await admit(latchkey, authorization, { ip: addressOf(request), ...needs });
    if (!outcome.refusal) return handler(request, outcome.principal, context);
    const { status, headers, body } = outcome.refusal;
    return new Response(JSON.stringify(body), { status, headers });
  };
