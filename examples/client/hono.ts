import type { Context, MiddlewareHandler } from "hono";
import { admit } from "./admit";
import type { Latchkey, Needs, Principal } from "./latchkey";

/** Middleware for Hono. How the client's address is known depends on where Hono runs. */
export const forHono =
  (latchkey: Latchkey, addressOf: (context: Context) => string | undefined) =>
  (needs: Needs = {}): MiddlewareHandler<{ Variables: { principal: Principal } }> =>
  async (context, next) => {
    const outcome = await admit(latchkey, context.req.header("authorization"), { ip: addressOf(context), ...needs });
    if (outcome.refusal) {
      const { status, headers, body } = outcome.refusal;
      return context.body(JSON.stringify(body), status, headers);
    }
    context.set("principal", outcome.principal);
    return next();
  };
