import "server-only";
import { z } from "zod";
import { ERRORS } from "@/lib/kernel/errors";
import { FORM_TYPES, URL_FORM } from "./request";
import type { Definition } from "./route";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** What a route file exports: one operation per method. */
export type RouteModule = { [M in Method]?: { definition: Definition } };

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
    paths: Object.fromEntries(Object.entries(routes).map(([path, module]) => [path, operationsOf(module)])),
    components: {
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "Authorization", description: "`apikey <key>`" },
        session: { type: "apiKey", in: "cookie", name: "latchkey-session", description: "A signed-in browser." },
      },
      responses: { Problem: problemResponse() },
    },
  };
}

function operationsOf(module: RouteModule) {
  const operations = METHODS.flatMap((method) => {
    const definition = module[method]?.definition;
    return definition ? [[method.toLowerCase(), operationOf(definition)] as const] : [];
  });
  return Object.fromEntries(operations);
}

function operationOf(definition: Definition) {
  const {
    summary,
    auth,
    params,
    query,
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
    security: auth === "none" ? [] : [{ apiKey: [] }, ...(auth === "pending" ? [] : [{ session: [] }])],
    parameters: [
      ...parametersOf("path", params),
      ...parametersOf("query", query),
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

function parametersOf(place: "path" | "query", schema: z.ZodType | undefined) {
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
