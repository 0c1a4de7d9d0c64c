import type { RequestHandler } from "express";
import { admit } from "./admit";
import type { Latchkey, Needs, Principal } from "./latchkey";

declare module "express-serve-static-core" {
  interface Request {
    /** Whose credential let the request in. */
    principal?: Principal;
  }
}

/** Middleware for Express. Behind a proxy, set Express's `trust proxy`, so that the address is the client's. */
export const forExpress =
  (latchkey: Latchkey) =>
  (needs: Needs = {}): RequestHandler =>
  async (request, response, next) => {
    const outcome = await admit(latchkey, request.headers.authorization, { ip: request.ip, ...needs });
    if (outcome.refusal) {
      const { status, headers, body } = outcome.refusal;
      response.status(status).set(headers).json(body);
      return;
    }
    request.principal = outcome.principal;
    next();
  };
