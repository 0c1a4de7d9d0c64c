import { expect, test } from "vitest";
import { requireGoodPassword } from "@/lib/auth/new-password";
import { hashPassword, verifyPassword } from "@/lib/auth/passwords";
import { codeOf } from "@/lib/testing/organization";

/** Random enough that only its length decides. */
const RANDOM = "vQ3kz9XbT7mLwR2pYc8Jd5NfHg4sAe6U".repeat(10);

const isAccepted = (password: string, words: string[] = []) => {
  try {
    requireGoodPassword(password, 15, words);
    return true;
  } catch {
    return false;
  }
};

test.each([
  [14, false],
  [15, true],
  [64, true],
  [128, true],
  [256, true],
  [257, false],
])("a password of %i characters is accepted: %s", (length, accepted) => {
  expect(isAccepted(RANDOM.slice(0, length))).toBe(accepted);
});

test("length is counted in characters, not in their bytes or halves", () => {
  expect(isAccepted("🦀🐙🦑🐡🐠🐟🐬🐳🐋🦈🐊🐅🐆🦓🦍")).toBe(true);
  expect(isAccepted("🦀🐙🦑🐡🐠🐟🐬🐳🐋🦈🐊🐅🐆🦓")).toBe(false);
});

test.each([
  "passwordpassword",
  "password1234567",
  "aaaaaaaaaaaaaaaa",
  "1234567890123456",
  "qwertyuiopasdfgh",
  "abcabcabcabcabcabc",
])("the common password %j is refused", (password) => {
  expect(isAccepted(password)).toBe(false);
});

test("a password made of the account's own words is refused", () => {
  expect(isAccepted("globexcorporationada", ["globexcorporation", "ada"])).toBe(false);
});

test.each(["all lower case with spaces", "ALL-UPPER-CASE-AND-SIGNS", "слова на другом языке", "no digits here either"])(
  "no rule asks for kinds of characters: %j is accepted",
  (password) => {
    expect(isAccepted(password)).toBe(true);
  },
);

test("every character counts: nothing is cut off before hashing", async () => {
  const long = RANDOM.slice(0, 256);
  const hash = await hashPassword(long);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hash, long)).toBe(true);
  expect(await verifyPassword(hash, `${long.slice(0, 255)}x`)).toBe(false);
  expect(await verifyPassword(hash, `${long}x`)).toBe(false);
  expect(await verifyPassword(hash, long.slice(0, 255))).toBe(false);
});

test("a password typed on another system's keyboard is the same password", async () => {
  const hash = await hashPassword("cr\u00e8me br\u00fbl\u00e9e at noon");
  expect(await verifyPassword(hash, "cre\u0300me bru\u0302le\u0301e at noon")).toBe(true);
});

test("no account means no password, whatever is given", async () => {
  expect(await verifyPassword(null, "no account has this password")).toBe(false);
});

test("hashing is bounded: what would wait too long is told to come back", async () => {
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => codeOf(hashPassword(RANDOM.slice(0, 20)))));
  const busy = outcomes.filter((code) => code === "busy").length;
  expect(busy).toBeGreaterThan(0);
  expect(outcomes.filter((code) => code === "none")).toHaveLength(60 - busy);
});
