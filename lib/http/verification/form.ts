import { AppError } from "@/lib/kernel/errors";
import { fieldsOf, mediaTypeOf, parse, requireShortForm, URL_FORM } from "@/lib/http/request";
import { TokenForm } from "@/lib/verification/schema";
import type { Inquiry } from "./answer";

/** What most clients send: one value that needs no decoding. */
const ONE_TOKEN = /^token=(\w+)$/;

/** Throws `unsupported_media_type`, `body_too_large`, or `invalid_input` for a field that is missing, wrong or given twice. */
export function readTokenForm({ headers, body }: Pick<Inquiry, "headers" | "body">): TokenForm {
  const type = headers["content-type"] ?? "";
  if (type !== URL_FORM && mediaTypeOf(type) !== URL_FORM) {
    throw new AppError("unsupported_media_type", `Send the body as ${URL_FORM}.`);
  }
  requireShortForm(body.length);
  const plain = ONE_TOKEN.exec(body)?.[1];
  if (plain !== undefined) return { token: plain };
  return parse(TokenForm, fieldsOf(new URLSearchParams(body)), "body");
}
