import { expect, it } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";

it("lets scripts run by nonce alone", () => {
  expect(contentSecurityPolicy("bm9uY2U=", { https: false, dev: false })).toBe(
    "default-src 'self'; script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; " +
      "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
      "object-src 'none'; frame-ancestors 'none'",
  );
});

it("asks for https only where the public address is https", () => {
  const plain = securityHeaders("req_1", "n", { https: false, dev: false });
  expect(plain).not.toHaveProperty("strict-transport-security");
  const secure = securityHeaders("req_1", "n", { https: true, dev: false });
  expect(secure["strict-transport-security"]).toBe("max-age=31536000");
  expect(secure["content-security-policy"]).toMatch(/; upgrade-insecure-requests$/);
});
