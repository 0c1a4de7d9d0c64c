import { expect, test } from "vitest";
import type { AnyPermission } from "@/lib/kernel/permissions";
import type { Endpoint, ResourceRecord } from "@/lib/resources/schema";
import { openedBy } from "./opened";

const resource = (name: string, endpoints: Endpoint[] = [], kind: ResourceRecord["kind"] = "registered") => ({
  name,
  kind,
  endpoints,
  description: "",
  verbs: ["create", "read", "update", "delete", "publish"],
  createdByUserZUID: null,
  createdByName: null,
  createdAt: null,
  updatedAt: null,
});
const READ: Endpoint = { method: "GET", path: "/orders", verb: "read" };
const CREATE: Endpoint = { method: "POST", path: "/orders", verb: "create" };

test("a role opens exactly the endpoints whose verb it has", () => {
  const catalogue = [resource("orders", [READ, CREATE]), resource("invoices", [{ ...READ, path: "/invoices" }])];
  expect(openedBy(["orders:read" as AnyPermission], catalogue)).toEqual({
    known: [{ name: "orders", endpoints: [READ] }],
    unlisted: [],
  });
});

test("what is open without a listed endpoint is named, and Latchkey's own is not", () => {
  const catalogue = [
    resource("content", [], "built_in"),
    resource("media", [], "built_in"),
    resource("users", [], "latchkey"),
  ];
  expect(openedBy(["content:read", "users:read"], catalogue)).toEqual({ known: [], unlisted: ["content"] });
});

test("a verb that has no endpoint opens none, and the resource counts as listed", () => {
  expect(openedBy(["orders:delete" as AnyPermission], [resource("orders", [READ])])).toEqual({
    known: [],
    unlisted: [],
  });
});
