import { expect, test } from "vitest";
import { codeOf } from "@/lib/testing/organization";
import { readForm } from "./request";

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
