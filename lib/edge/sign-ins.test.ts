import { expect, test } from "vitest";
import { codeOf } from "@/lib/testing/organization";
import { admitSignIn } from "./sign-ins";

test("32 sign-ins are served at once, one more is told to come again, and other requests are not counted", async () => {
  let finish: () => void = () => undefined;
  const open = new Promise<void>((resolve) => (finish = resolve));
  const taken = Array.from({ length: 32 }, () => admitSignIn("POST", "/auth/login", () => open));
  const done = () => Promise.resolve();
  expect(await codeOf(admitSignIn("POST", "/auth/login", done))).toBe("busy");
  expect(await codeOf(admitSignIn("POST", "/v1/apps", done))).toBe("none");
  expect(await codeOf(admitSignIn("GET", "/auth/verify-2fa", done))).toBe("none");
  finish();
  await Promise.all(taken);
  expect(await codeOf(admitSignIn("POST", "/auth/login", done))).toBe("none");
});

test("a sign-in that fails gives its place back", async () => {
  for (let i = 0; i < 100; i++) {
    expect(await codeOf(admitSignIn("POST", "/auth/login", () => Promise.reject(new Error("lost"))))).toBe("lost");
  }
});
