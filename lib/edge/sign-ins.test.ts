import { expect, test } from "vitest";
import { codeOf } from "@/lib/testing/organization";
import { admitSignIn } from "./sign-ins";

const done = () => Promise.resolve();
const post = (path: string, address: string, work = done) => admitSignIn({ method: "POST", path, address }, work);

/** Work that goes on until it is let go. */
function held() {
  let finish: () => void = () => undefined;
  const open = new Promise<void>((resolve) => (finish = resolve));
  return { finish, work: () => open };
}

test("32 sign-ins are served at once, one more is told to come again, and other requests are not counted", async () => {
  const { finish, work } = held();
  const taken = Array.from({ length: 32 }, (_, n) => post("/auth/login", `203.0.113.${n}`, work));
  expect(await codeOf(post("/auth/login", "198.51.100.1"))).toBe("busy");
  expect(await codeOf(post("/v1/apps", "198.51.100.1"))).toBe("none");
  const read = { method: "GET", path: "/auth/verify-2fa", address: "198.51.100.1" };
  expect(await codeOf(admitSignIn(read, done))).toBe("none");
  finish();
  await Promise.all(taken);
  expect(await codeOf(post("/auth/login", "198.51.100.1"))).toBe("none");
});

test("one network has a quarter of the places, so that it keeps nobody else from signing in", async () => {
  const { finish, work } = held();
  const taken = Array.from({ length: 8 }, (_, n) => post("/auth/login", `2001:db8::${n}`, work));
  expect(await codeOf(post("/auth/login", "2001:db8::ffff:1"))).toBe("busy");
  expect(await codeOf(post("/auth/login", "2001:db8:0:1::1"))).toBe("none");
  expect(await codeOf(post("/v1/tokens", "2001:db8::1"))).toBe("none");
  finish();
  await Promise.all(taken);
  expect(await codeOf(post("/auth/login", "2001:db8::1"))).toBe("none");
});

test("a sign-in that fails gives its place back", async () => {
  for (let i = 0; i < 100; i++) {
    const fails = () => Promise.reject(new Error("lost"));
    expect(await codeOf(post("/auth/login", "203.0.113.1", fails))).toBe("lost");
  }
});

test("an address is the same however it is spelt", async () => {
  const { finish, work } = held();
  const taken = Array.from({ length: 8 }, () => post("/auth/login", "203.0.113.1", work));
  for (const path of ["/auth/login/", "/auth/%6Cogin", "/%61uth/login/"])
    expect([path, await codeOf(post(path, "203.0.113.1"))]).toEqual([path, "busy"]);
  expect(await codeOf(post("/", "203.0.113.1"))).toBe("none");
  finish();
  await Promise.all(taken);
  expect(await codeOf(post("/auth/login/", "203.0.113.1"))).toBe("none");
});
