import { expect, test } from "../fixtures/server";
import { isChange, OPERATIONS, UNRECORDED } from "./operations";

test("every change is seen to leave its event by this table, or by the tests named here", () => {
  const isSeen = (operation: string) =>
    OPERATIONS[operation]?.statuses.split(/ +/).some((status) => Number(status) < 300) &&
    !UNRECORDED.includes(operation);
  const elsewhere = {
    "DELETE /v1/users/[user]/identities": "lib/identities",
    "DELETE /v1/users/[user]/second-factor": "lib/second-factor/reset.test.ts",
    "POST /api/auth/[...nextauth]": "lib/auth/sign-in.test.ts",
    "POST /auth/login": "lib/auth/auth-api.test.ts",
    "POST /auth/password-reset": "lib/auth/password-reset.test.ts",
    "POST /auth/password-resets": "lib/auth/password-reset.test.ts",
    "POST /auth/verify-2fa": "lib/auth/challenge.test.ts",
    "POST /v1/credentials/confirmations": "lib/backup/guard.test.ts",
    "POST /v1/setup": "lib/setup/commands.test.ts",
    "POST /v1/users/[user]/second-factor": "lib/second-factor/commands.test.ts",
    "POST /v1/users/[user]/second-factor/recovery-codes": "lib/second-factor/commands.test.ts",
    "PUT /v1/invites/by-link": "lib/invites/acceptance.test.ts",
    "PUT /v1/users/[user]/identities": "e2e/api/single-sign-on.spec.ts",
    "PUT /v1/users/[user]/second-factor": "lib/second-factor/commands.test.ts",
  };
  const unseen = Object.keys(OPERATIONS).filter((operation) => isChange(operation) && !isSeen(operation));
  expect(unseen.sort()).toEqual([...Object.keys(elsewhere), ...UNRECORDED].sort());
});
