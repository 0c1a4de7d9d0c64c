import { expect, test } from "vitest";
import { RegisterApp } from "@/lib/apps/schema";

test.each([
  {},
  { name: "" },
  { name: "x" },
  { name: " x " },
  { name: "x".repeat(81) },
  { name: "a\0b" },
  { name: "line\nbreak" },
  { name: ["Billing"] },
  { name: { contains: "" } },
  { name: "Billing", uri: "javascript:alert(1)" },
  { name: "Billing", uri: "billing" },
  { name: "Billing", loginUserType: "robot" },
  { name: "Billing", postLoginRedirects: ["ftp://example.com"] },
  { name: "Billing", keyAccess: { mode: "restricted" } },
  { name: "Billing", keyAccess: { mode: "full", permissions: [] } },
  { name: "Billing", keyAccess: { mode: "restricted", permissions: ["keys:create"] } },
  { name: "Billing", keyAccess: { mode: "restricted", permissions: ["content:fly"] } },
  { name: "Billing", keyAccess: null },
  { name: "Billing", organizationId: "60-1-x" },
])("refuses %j", (input) => {
  expect(RegisterApp.safeParse(input).success).toBe(false);
});
