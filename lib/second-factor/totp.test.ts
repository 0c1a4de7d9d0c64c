import { expect, test } from "vitest";
import { seal, unseal } from "./seal";
import { newRecoveryCodes, recoveryDigest } from "./recovery-codes";
import { newTotpSecret, stepOf, totpUri } from "./totp";

/** The shared secret of RFC 6238's test vectors, and their last six digits. */
const RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test.each([
  [59, "287082", 1n],
  [1111111109, "081804", 37037036n],
  [1234567890, "005924", 41152263n],
  [20000000000, "353130", 666666666n],
])("the code of RFC 6238 at second %i is %s", (seconds, code, step) => {
  expect(stepOf(RFC, code, new Date(seconds * 1000))).toBe(step);
});

test("a clock may be off by one step and no more", () => {
  const at = (seconds: number) => stepOf(RFC, "005924", new Date((1234567890 + seconds) * 1000));
  expect([at(-60), at(-30), at(0), at(30), at(60)]).toEqual([undefined, 41152263n, 41152263n, 41152263n, undefined]);
});

test.each(["00592", "0059240", "abcdef", "", "５９２４００"])("%j is no code", (code) => {
  expect(stepOf(RFC, code, new Date(1234567890_000))).toBeUndefined();
});

test("a new secret has 160 bits, and its address names the account", () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(secret);
  expect(totpUri(secret, "ada@example.com")).toBe(
    `otpauth://totp/Latchkey:ada%40example.com?issuer=Latchkey&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
});

test("a sealed secret is opened for its person only, and not once a byte was changed", () => {
  const sealed = seal(RFC, "5-a");
  expect(unseal(sealed, "5-a")).toBe(RFC);
  expect(() => unseal(sealed, "5-b")).toThrow();
  for (let i = 0; i < sealed.length; i++) {
    const altered = sealed.map((byte, at) => (at === i ? byte ^ 1 : byte));
    expect(() => unseal(altered, "5-a"), `byte ${i}`).toThrow();
  }
  expect(Buffer.from(seal(RFC, "5-a")).equals(Buffer.from(sealed))).toBe(false);
  expect(Buffer.from(sealed).toString("latin1")).not.toContain(RFC.slice(0, 8));
});

test("there are ten recovery codes of 80 bits, found however they are typed, for their person only", () => {
  const codes = newRecoveryCodes();
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
  const [code = ""] = codes;
  const digest = Buffer.from(recoveryDigest("5-a", code)).toString("hex");
  const typed = ` ${code.toUpperCase().replaceAll("-", " ")} `;
  expect(Buffer.from(recoveryDigest("5-a", typed)).toString("hex")).toBe(digest);
  expect(Buffer.from(recoveryDigest("5-b", code)).toString("hex")).not.toBe(digest);
});
