import { AppError } from "@/lib/kernel/errors";
import { fieldsOf, mediaTypeOf, parse, requireShortForm, URL_FORM } from "@/lib/http/request";
import { TokenForm } from "@/lib/verification/schema";
import type { Inquiry } from "./answer";

/** What clients send that follow RFC 7662, 2.1: a value that needs no decoding, and perhaps what kind it may be. */
const TOKEN_AND_HINT = /^token=(\w+)(?:&token_type_hint=(\w+))?$/;

/** Throws `unsupported_media_type`, `body_too_large`, or `invalid_input` for a field that is missing, wrong or given twice. */
export function readTokenForm({ headers, body }: Pick<Inquiry, "headers" | "body">): TokenForm {
  const type = headers["content-type"] ?? "";
  if (type !== URL_FORM && mediaTypeOf(type) !== URL_FORM) {
    throw new AppError("unsupported_media_type", `Send the body as ${URL_FORM}.`);
  }
  requireShortForm(body.length);
  const [, token, token_type_hint] = TOKEN_AND_HINT.exec(body) ?? [];
  if (token !== undefined) return { token, token_type_hint };
  return parse(TokenForm, fieldsOf(new URLSearchParams(body)), "body");
}
