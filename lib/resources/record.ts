import { CONSOLE_RESOURCES, CONTENT_RESOURCES, CONTENT_VERBS } from "@/lib/kernel/system-roles";
import type { Resource } from "@/prisma/generated/client";
import { type Endpoint, kindOf, type ResourceRecord } from "./schema";

export const resourceRecord = (row: Resource): ResourceRecord => ({
  name: row.name,
  kind: kindOf(row.name),
  description: row.description,
  verbs: [...CONTENT_VERBS],
  endpoints: row.endpoints as unknown as Endpoint[],
  createdByUserZUID: row.createdById,
  createdByName: row.createdByName,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** A resource that is there without anybody having registered it. */
const given = (name: string, verbs: readonly string[]): ResourceRecord => ({
  name,
  kind: kindOf(name),
  description: "",
  verbs: [...verbs],
  endpoints: [],
  createdByUserZUID: null,
  createdByName: null,
  createdAt: null,
  updatedAt: null,
});

/** A built-in one has a row once somebody has described it or named its endpoints. */
export function allResources(rows: Resource[]): ResourceRecord[] {
  const records = rows.map(resourceRecord);
  const described = (name: string) => records.find((record) => record.name === name);
  return [
    ...records.filter(({ kind }) => kind === "registered"),
    ...CONTENT_RESOURCES.map((name) => described(name) ?? given(name, CONTENT_VERBS)),
    ...Object.entries(CONSOLE_RESOURCES).map(([name, verbs]) => given(name, verbs)),
  ];
}
