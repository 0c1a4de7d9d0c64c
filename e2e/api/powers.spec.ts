import { expect, test } from "../fixtures/server";
import { isByLink } from "./link-operations";
import { isChange, OPERATIONS } from "./operations";
import { PRINCIPALS } from "./table";

const FOR_ANYBODY = [
  "DELETE /v1/token",
  "POST /v1/audit-events",
  "POST /v1/setup",
  "POST /auth/login",
  "POST /auth/verify-2fa",
];

test("no key or token changes a credential, a person, a role or policy: it revokes itself and reports events", () => {
  const keys = PRINCIPALS.flatMap((principal, i) => (/( key| token|login)$/.test(principal) ? [i] : []));
  for (const [operation, { statuses }] of Object.entries(OPERATIONS)) {
    const isForAnybody = FOR_ANYBODY.includes(operation) || isByLink(operation);
    if (!isChange(operation) || isForAnybody) continue;
    for (const i of keys) {
      // The vendor's wire: a login ends the logins of its person.
      const isOwnEnd = PRINCIPALS[i] === "login" && operation === "DELETE /v1/tokens/sessions/revoke";
      expect(statuses.split(/ +/)[i], operation).toBe(isOwnEnd ? "200" : "403");
    }
  }
});

/** What is one's own, and what leaves a mark of having looked. */
const AUDITORS_WRITES = [
  "DELETE /v1/sessions",
  "DELETE /v1/tokens/sessions/revoke",
  "POST /auth/logout",
  "POST /v1/audit-views",
  "POST /v1/audit/verifications",
  "POST /v1/sessions/current/extension",
  "POST /v1/sessions/current/proof",
];

test("an auditor changes nothing but what is their own, their views, and that they have verified", () => {
  const auditor = PRINCIPALS.indexOf("auditor");
  const writes = Object.entries(OPERATIONS).flatMap(([operation, { statuses }]) =>
    isChange(operation) && Number(statuses.split(/ +/)[auditor]) < 300 ? [operation] : [],
  );
  expect(writes.sort()).toEqual(AUDITORS_WRITES);
});
