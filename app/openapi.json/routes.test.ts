import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { METHODS_OF } from "@/lib/edge/methods";
import { openApiDocument } from "@/lib/http/openapi";
import { ROUTES } from "./routes";

/** `v1/apps/[app]/route.ts` as the path `/v1/apps/{app}`. */
const pathOf = (file: string) =>
  `/${file.replace(/(\/\[\[\.{3}\w+\]\])?\/route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`;

test("every route file of the API is described", () => {
  const files = readdirSync("app", { encoding: "utf8", recursive: true }).filter((file) =>
    /^(v1|auth|oauth|\.well-known)\/(.+\/)?route\.ts$/.test(file),
  );
  expect(Object.keys(ROUTES).sort()).toEqual(files.map(pathOf).sort());
});

test("the edge tells of each address the methods that its route has", () => {
  const methods = Object.entries(ROUTES).map(([path, module]) => {
    const isReadByHead = module.GET && !module.GET.definition.isDownload && !module.GET.definition.changes;
    const has = ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) => method in module);
    return [path, (isReadByHead ? ["GET", "HEAD", ...has.slice(1)] : has).join(", ")];
  });
  expect(METHODS_OF).toEqual(Object.fromEntries(methods));
});

test.each(["/v1/usage", "/v1/keys/{key}/usage", "/v1/tokens/{token}/usage"])("%s refuses a query", (path) => {
  expect(ROUTES[path]?.GET?.definition.query?.safeParse({ days: "7" }).success).toBe(false);
});

test("the description names the fields a handler parses, and which of them must be given", () => {
  const { paths } = openApiDocument(ROUTES);
  const generate = paths["/v1/apps/{app}/keys"]?.post;
  const schema = generate?.requestBody?.content["application/json"]?.schema;
  expect(Object.keys(schema?.properties ?? {}).sort()).toEqual([
    "allowedCidrs",
    "description",
    "expiresAt",
    "name",
    "notBefore",
    "rateLimit",
  ]);
  expect(schema?.required).toEqual(["name"]);
  expect(schema?.additionalProperties).toBe(false);
  expect(generate?.parameters.map(({ name }) => name)).toEqual(["app", "Idempotency-Key"]);
  expect(Object.keys(generate?.responses ?? {})).toEqual(["201", "default"]);
});

test("the description says how each caller shows who they are, and what a proxy may ask by", () => {
  const { paths, components } = openApiDocument(ROUTES);
  const securityOf = (method: string, path: string) =>
    paths[path]?.[method]?.security.flatMap((one) => Object.keys(one)).join(" ");
  expect(Object.keys(components.securitySchemes)).toEqual(["apiKey", "bearer", "basic", "session"]);
  expect(securityOf("get", "/v1/apps")).toBe("apiKey bearer session");
  expect(securityOf("post", "/v1/apps")).toBe("bearer session");
  expect(securityOf("post", "/v1/tokens")).toBe("bearer session");
  expect(securityOf("post", "/v1/audit-events")).toBe("apiKey bearer");
  expect(securityOf("post", "/v1/verify")).toBe("apiKey");
  expect(securityOf("post", "/oauth/introspect")).toBe("apiKey basic");
  expect(securityOf("get", "/auth/verify-2fa")).toBe("bearer");
  expect(securityOf("post", "/auth/login")).toBe("");
  expect(securityOf("get", "/auth/check")).toBe("apiKey bearer");
  expect(paths["/auth/check"]?.get?.parameters.map(({ name }) => name)).toEqual([
    "X-Required-Permission",
    "X-Instance",
    "X-Organization",
  ]);
});
