import { expect, test } from "vitest";
import { z } from "zod";
import { RegisterApp } from "@/lib/apps/schema";
import type { AppError } from "@/lib/kernel/errors";
import { listQuery } from "@/lib/kernel/list-query";
import { mintSecret } from "@/lib/kernel/secrets";
import { codeOf } from "@/lib/testing/organization";
import { IssueToken } from "@/lib/tokens/schema";
import { VerifyOneOrMany } from "@/lib/verification/schema";
import { parse, readForm } from "./request";

/** As the edge hands it on: it has counted the body. */
function posted(body: string) {
  const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": String(body.length) };
  return new Request("http://127.0.0.1:3000/auth/login", { method: "POST", headers, body });
}

test("a form is read into its fields; one that is long, has many fields or one of them twice is refused", async () => {
  expect(await readForm(posted("email=a%40example.com&password="))).toEqual({ email: "a@example.com", password: "" });
  const named = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`).join("&");
  expect(await codeOf(readForm(posted(named(50))))).toBe("none");
  expect(await codeOf(readForm(posted(named(51))))).toBe("invalid_input");
  expect(await codeOf(readForm(posted("a=1&a=2")))).toBe("invalid_input");
  expect(await codeOf(readForm(posted(`a=${"x".repeat(16_382)}`)))).toBe("none");
  expect(await codeOf(readForm(posted(`a=${"x".repeat(16_383)}`)))).toBe("body_too_large");
});

/** What is said of it in the one sentence. */
function saidOf(schema: z.ZodType, value: unknown, part: "body" | "query" = "body"): string {
  try {
    return JSON.stringify(parse(schema, value, part));
  } catch (error) {
    return (error as AppError).message;
  }
}

test("what would be right is said in words, without a pattern and without a program's types", () => {
  const app = (...permissions: string[]) => ({ name: "App", keyAccess: { mode: "restricted", permissions } });
  const permission = "must be a permission that a credential can have, such as content:read";
  expect(saidOf(RegisterApp, app("content:raed"))).toBe(`/keyAccess/permissions/0 ${permission}.`);
  expect(saidOf(RegisterApp, app("keys:create"))).toBe(`/keyAccess/permissions/0 ${permission}.`);
  expect(saidOf(RegisterApp, { name: "App", keyAccess: { mode: "some" } })).toBe(
    "/keyAccess/mode must be one of full, restricted.",
  );
  expect(saidOf(VerifyOneOrMany, { credential: 5 })).toBe("/credential must be text.");
  expect(saidOf(VerifyOneOrMany, { credential: "", permission: ["content:read"] })).toBe(
    '/permission must be a permission such as content:read, or several as {"all": [...]} or {"any": [...]}.',
  );
  expect(saidOf(VerifyOneOrMany, { credential: "", permission: "content" })).toBe(
    "/permission must be a permission such as content:publish.",
  );
  expect(saidOf(listQuery(["name"]), { limit: "abc" }, "query")).toBe("?limit must be a number.");
  expect(saidOf(listQuery(["name"]), { limit: "1.5" }, "query")).toBe("?limit must be a whole number.");
  expect(saidOf(listQuery(["name"]), { limit: "101", sort: "age" }, "query")).toBe(
    "?sort must be name; ?limit must be at most 100.",
  );
  expect(saidOf(z.object({ a: z.string().regex(/^x$/), b: z.array(z.string()).min(1) }), { a: "", b: [] })).toBe(
    "/a does not have the form it must have; /b needs at least 1.",
  );
});

test("a system role in the place of a role is told where roles are listed", () => {
  expect(saidOf(IssueToken, { name: "Deploys", roleZUID: "31-71cfc74-0wn3r" })).toBe(
    "/roleZUID must be an id that starts with 30-, as GET /v1/instances/{id}/roles lists them.",
  );
});

test("up to three mistakes are all named, and of more the first with how many there are", () => {
  const schema = z.strictObject({ email: z.string(), password: z.string() });
  expect(saidOf(schema, { email: "a@example.com", pasword: "x" })).toBe(
    "/password is missing; /pasword is not a field of this request.",
  );
  expect(saidOf(schema, { a: 1, b: 2 })).toBe("/email is missing (and 3 more).");
});

test("a refusal names the field that nobody knows, but no credential that was put in its place", () => {
  const { value } = mintSecret("api_key");
  const refused = (body: object) => {
    try {
      return JSON.stringify(parse(z.strictObject({}), body, "body"));
    } catch (error) {
      return JSON.stringify([(error as AppError).message, (error as AppError).details]);
    }
  };
  expect(refused({ colour: 1 })).toContain("/colour is not a field of this request");
  expect(refused({ [`x${value}9`]: 1 })).toContain("/x[secret]9 is not a field of this request");
  expect(refused({ [value]: 1 })).not.toContain(value.slice(4, 40));
});
