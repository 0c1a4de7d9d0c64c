import { expect, test } from "vitest";
import { codeOf } from "@/lib/testing/organization";
import { readTokenForm } from "./form";

const FORM = "application/x-www-form-urlencoded";
const read = (body: string, type = FORM) => readTokenForm({ headers: { "content-type": type }, body });
const refusal = (body: string, type?: string) => codeOf((async () => read(body, type))());

test("a form is read whether or not it needs decoding, and what it does not know is ignored", () => {
  expect(read("token=lkk_abc")).toEqual({ token: "lkk_abc" });
  expect(read("token=lkk_abc&token_type_hint=access_token")).toEqual({
    token: "lkk_abc",
    token_type_hint: "access_token",
  });
  expect(read("token=")).toEqual({ token: "" });
  expect(read("token=a+b%26c%3D")).toEqual({ token: "a b&c=" });
  expect(read("token_type_hint=access_token&token=a&ip=2001%3Adb8%3A%3A1&client_id=x")).toEqual({
    token: "a",
    token_type_hint: "access_token",
    ip: "2001:db8::1",
  });
  expect(read("token=a", `${FORM}; charset=UTF-8`)).toEqual({ token: "a" });
  expect(read("token=a", FORM.toUpperCase())).toEqual({ token: "a" });
});

test("a field that is missing, wrong or given twice is refused, and so is another type", async () => {
  for (const body of ["", "ip=192.0.2.1", "Token=a", "token=a&token=a", "token=a&ip=192.0.2.1&ip=192.0.2.1"])
    expect([body, await refusal(body)]).toEqual([body, "invalid_input"]);
  for (const ip of ["here", "192.0.2.0/24", "0x7f000001", ""])
    expect([ip, await refusal(`token=a&ip=${encodeURIComponent(ip)}`)]).toEqual([ip, "invalid_input"]);
  for (const type of ["application/json", "multipart/form-data; boundary=x", "", `${FORM}x`])
    expect([type, await refusal("token=a", type)]).toEqual([type, "unsupported_media_type"]);
});

test("a form that is long or has many fields is refused before it costs anything", async () => {
  const named = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`).join("&");
  expect(await refusal(`token=a&${named(49)}`)).toBe("none");
  expect(await refusal(`token=a&${named(50)}`)).toBe("invalid_input");
  expect(await refusal(`token=a&k=${"x".repeat(16_374)}`)).toBe("none");
  expect(await refusal(`token=a&k=${"x".repeat(16_375)}`)).toBe("body_too_large");
  expect(await refusal(`token=${"x".repeat(1_000_000)}`)).toBe("body_too_large");
});
