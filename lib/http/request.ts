import "server-only";
import { z } from "zod";
import type { Origin } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { digestOf, masked, maskSecrets } from "@/lib/kernel/secrets";
import { wordsFor } from "./issue-words";

/** The body of a POST that takes none: absent or `{}`. */
export const NoBody = z.strictObject({});

/** The query of a GET that takes none: what nobody reads is refused, for its sender believes that it does something. */
export const NoQuery = z.strictObject({});

/** Where the request came from, as the edge established it: it strips these headers from clients. */
export function originOf(headers: Headers): Origin {
  return {
    requestId: headers.get("x-latchkey-request-id") ?? "req_unknown",
    ip: headers.get("x-latchkey-ip") ?? "unknown",
    userAgent: userAgentOf(headers.get("user-agent") ?? ""),
    ...(isHead(headers) && { isHead: true }),
  };
}

/** Next runs the GET handler for HEAD; the edge tells them apart. */
export const isHead = (headers: Headers) => headers.get("x-latchkey-method") === "HEAD";

/** A browser's or client's name for the record, without control characters and without a credential put there. */
export const userAgentOf = (value: string) => maskSecrets(value.replace(/[^\x20-\x7e\xa0-\xff]/g, "")).slice(0, 300);

/** The JSON body. Throws as `parseJson` does. An empty body is `{}`. */
export async function readJson(request: Request): Promise<{ value: unknown; digest: Uint8Array<ArrayBuffer> }> {
  const text = await request.text();
  if (text === "") return { value: {}, digest: digestOf("") };
  return { value: parseJson(text, request.headers.get("content-type") ?? ""), digest: digestOf(text) };
}

/** Throws `unsupported_media_type`, or `bad_request` for text that is not JSON. */
export function parseJson(text: string, contentType: string): unknown {
  if (mediaTypeOf(contentType) !== "application/json") {
    throw new AppError("unsupported_media_type", "Send the body as application/json.");
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError("bad_request", "The body is not well-formed JSON.");
  }
}

/** What a Content-Type header says without its parameters. */
export const mediaTypeOf = (contentType: string) => contentType.split(";")[0]?.trim().toLowerCase();

export const URL_FORM = "application/x-www-form-urlencoded";
export const FORM_TYPES = ["multipart/form-data", URL_FORM];

export const isForm = ({ headers }: Request) =>
  FORM_TYPES.includes(mediaTypeOf(headers.get("content-type") ?? "") ?? "");

/** Forms here have a few short fields. One of a hundred thousand would hold up every other request while it is read. */
const FORM_BYTES_AT_MOST = 16_384;
const FORM_FIELDS_AT_MOST = 50;

/** Throws `body_too_large` for more bytes than a form may have. */
export function requireShortForm(bytes: number): void {
  if (bytes <= FORM_BYTES_AT_MOST) return;
  throw new AppError("body_too_large", `A form may have ${FORM_BYTES_AT_MOST} bytes at most.`);
}

/** The length of a body, which the edge has counted and vouches for. */
export const lengthOf = ({ headers }: Request) => Number(headers.get("content-length") ?? 0);

/**
 * The fields of a form as an object. Throws `bad_request` for one that breaks its format, `body_too_large`, and
 * `invalid_input` as `fieldsOf` does.
 */
export async function readForm(request: Request): Promise<Record<string, unknown>> {
  requireShortForm(lengthOf(request));
  const form = await request.formData().catch((cause: unknown) => {
    throw new AppError("bad_request", "The body is not a well-formed form.", {}, { cause });
  });
  return fieldsOf(form);
}

/** Throws `invalid_input` for a field given twice, and for too many of them. */
export function fieldsOf(form: Iterable<[name: string, value: unknown]>): Record<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of form) {
    if (fields.has(name)) throw invalid([{ pointer: `/${name}`, detail: "is given twice" }]);
    fields.set(name, value);
    if (fields.size > FORM_FIELDS_AT_MOST) throw invalid([{ pointer: "", detail: "has too many fields" }]);
  }
  return Object.fromEntries(fields);
}

/** The query as an object. Throws `invalid_input` for a key given twice. */
export function readQuery(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [key, value] of url.searchParams) {
    if (Object.hasOwn(query, key)) throw invalid([{ pointer: `?${key}`, detail: "is given twice" }]);
    query[key] = value;
  }
  return query;
}

/** A body full of mistakes must not cost an answer larger than itself. */
const ERRORS_AT_MOST = 50;
/** So many are all said in the one sentence: a misspelt field is one that is missing and one that nobody knows. */
const NAMED_AT_MOST = 3;

/** Parses one part of the request. Throws `invalid_input` with a pointer for every field that is wrong. */
export function parse<S extends z.ZodType>(schema: S, value: unknown, part: "body" | "query"): z.output<S> {
  const parsed = shapeOf(schema, value).safeParse(value, { error: wordsFor });
  if (parsed.success) return parsed.data;
  const pointer = (path: PropertyKey[]) =>
    part === "query" ? `?${path.map(String).join(".")}` : path.map((key) => `/${String(key)}`).join("");
  throw invalid(
    parsed.error.issues
      .flatMap((issue) =>
        issue.code === "unrecognized_keys"
          ? issue.keys.slice(0, ERRORS_AT_MOST).map((key) => ({
              pointer: pointer([...issue.path, key]),
              detail: "is not a field of this request",
            }))
          : [{ pointer: pointer(issue.path), detail: issue.message }],
      )
      .slice(0, ERRORS_AT_MOST),
  );
}

/** One thing or a list of them is judged as what it is: all that a union says is that it fits neither. */
function shapeOf<S extends z.ZodType>(schema: S, value: unknown): S {
  if (!(schema instanceof z.ZodUnion)) return schema;
  const [one, list, ...rest] = schema.options as unknown as S[];
  if (!(list instanceof z.ZodArray) || rest.length > 0) return schema;
  return (Array.isArray(value) ? list : one) as S;
}

/** Throws `malformed_id` when a part of the path is no id of its kind. */
export function parsePath<S extends z.ZodType>(schema: S, params: unknown): z.output<S> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError(
    "malformed_id",
    `The ${String(issue?.path[0] ?? "id")} in the path ${issue?.message ?? "is malformed"}.`,
  );
}

/** The names in it are the sender's: what looks like a credential is not repeated. */
function invalid(wrong: { pointer: string; detail: string }[]): AppError {
  const errors = masked(wrong) as typeof wrong;
  const named = errors.length <= NAMED_AT_MOST ? errors : errors.slice(0, 1);
  const more = errors.length > named.length ? ` (and ${errors.length - named.length} more)` : "";
  const said = named.map(({ pointer, detail }) => `${pointer || "The body"} ${detail}`).join("; ");
  return new AppError("invalid_input", `${said}${more}.`, { errors });
}
