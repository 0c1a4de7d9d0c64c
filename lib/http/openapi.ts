import "server-only";
import { z } from "zod";
import { ERRORS } from "@/lib/kernel/errors";
import { FORM_TYPES, URL_FORM } from "./request";
import type { Definition } from "./route";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

const SCHEMES = {
  apiKey: { type: "apiKey", in: "header", name: "Authorization", description: "`apikey <key>`" },
  bearer: { type: "http", scheme: "bearer", description: "A session, an access token or a login token." },
  basic: {
    type: "http",
    scheme: "basic",
    description: "The id of an API key or of its app, and the key as its secret.",
  },
  session: { type: "apiKey", in: "cookie", name: "latchkey-session", description: "A signed-in browser." },
};
type Scheme = keyof typeof SCHEMES;

/** An operation, and what the reference says of it beyond what its handler is made of. */
export interface Described extends Definition {
  /** How the caller may show who they are; by default what `auth` and the method say. */
  security?: Scheme[];
  headers?: z.ZodType;
}

/** What a route file exports: one operation per method. */
export type RouteModule = { [M in Method]?: { definition: Described } };

/** What changes something is a session's matter, but for these. */
const BY_CREDENTIALS: Record<string, Scheme[]> = {
  "DELETE /v1/token": ["apiKey", "bearer", "session"],
  "POST /v1/audit-events": ["apiKey", "bearer"],
};

/**
 * The OpenAPI 3.1 description of the routes, generated from the schemas that their handlers parse
 * with. Paths are written with `{name}` parameters.
 */
export function openApiDocument(routes: Record<string, RouteModule>) {
  return {
    openapi: "3.1.0",
    info: {
      title: "Latchkey",
      version: "1",
      description: "Issues, rotates, revokes and records the credentials of an organization's APIs.",
    },
    paths: Object.fromEntries(Object.entries(routes).map(([path, module]) => [path, operationsOf(path, module)])),
    components: {
      securitySchemes: SCHEMES,
      responses: { Problem: problemResponse() },
    },
  };
}

function operationsOf(path: string, module: RouteModule) {
  const operations = METHODS.flatMap((method) => {
    const definition = module[method]?.definition;
    return definition ? [[method.toLowerCase(), operationOf(`${method} ${path}`, definition)] as const] : [];
  });
  return Object.fromEntries(operations);
}

function schemesOf(operation: string, { auth, changes, security }: Described): Scheme[] {
  if (security) return security;
  if (auth === "none") return [];
  if (auth === "pending" || changes) return ["bearer"];
  if (operation.startsWith("GET ")) return ["apiKey", "bearer", "session"];
  return BY_CREDENTIALS[operation] ?? ["bearer", "session"];
}

function operationOf(operation: string, definition: Described) {
  const {
    summary,
    params,
    query,
    headers,
    body,
    acceptsForms,
    isForm,
    status = 200,
    isIdempotent,
    mayBePending,
  } = definition;
  const types = isForm ? [URL_FORM] : ["application/json", ...(acceptsForms ? FORM_TYPES : [])];
  const idempotencyKey = { name: "Idempotency-Key", in: "header", schema: { type: "string", maxLength: 200 } };
  return {
    summary,
    security: schemesOf(operation, definition).map((scheme) => ({ [scheme]: [] })),
    parameters: [
      ...parametersOf("path", params),
      ...parametersOf("query", query),
      ...parametersOf("header", headers),
      ...(isIdempotent ? [idempotencyKey] : []),
    ],
    ...(body && {
      requestBody: { content: Object.fromEntries(types.map((type) => [type, { schema: schemaOf(body) }])) },
    }),
    responses: {
      [status]: { description: status === 201 ? "Created" : "OK", content: { "application/json": {} } },
      ...(mayBePending && { 202: { description: "A second factor is due", content: { "application/json": {} } } }),
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function parametersOf(place: "path" | "query" | "header", schema: z.ZodType | undefined) {
  const { properties = {}, required = [] } = schema ? schemaOf(schema) : {};
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

function problemResponse() {
  const text = { type: "string" };
  return {
    description: "A problem document (RFC 9457).",
    content: {
      "application/problem+json": {
        schema: {
          type: "object",
          required: ["type", "title", "status", "detail", "code", "requestId"],
          properties: {
            type: text,
            title: text,
            status: { type: "integer" },
            detail: text,
            code: { enum: Object.keys(ERRORS) },
            requestId: text,
            errors: { type: "array", items: { type: "object", properties: { pointer: text, detail: text } } },
            missingPermissions: { type: "array", items: text },
          },
        },
      },
    },
  };
}
