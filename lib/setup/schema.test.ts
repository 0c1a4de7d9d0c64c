import { expect, test } from "vitest";
import { SetUp, suggestAccountName } from "./schema";

test.each([
  ["Blush Spas", "blush-spas"],
  ["Blüte & Söhne", "blute-sohne"],
  ["  4 Seasons, Ltd. ", "seasons-ltd"],
  ["東京", ""],
  ["x".repeat(39) + " y", "x".repeat(39)],
  ["The International Federation of Lighthouse Keepers", "the-international-federation-of"],
])("suggests an account name for %j", (organization, accountName) => {
  expect(suggestAccountName(organization)).toBe(accountName);
  if (accountName) expect(SetUp.shape.accountName.parse(accountName)).toBe(accountName);
});
