import { expect, test } from "vitest";
import { z } from "zod";
import type { AppError } from "@/lib/kernel/errors";
import { mintSecret } from "@/lib/kernel/secrets";
import { codeOf } from "@/lib/testing/organization";
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
