import type { Random } from "./random";

/** The part of JSON Schema that zod writes. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

export const NASTY_TEXT = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "é".repeat(200),
  "a".repeat(100_000),
  "🦀".repeat(50),
  "' or 1=1 --",
  "${7*7}{{7*7}}<script>alert(1)</script>",
  "../../../etc/passwd",
  "%00%ff%c0%af",
  "__proto__",
  "constructor",
  "\u202e\u200b\ufeff",
  "-1",
  "1e309",
  "NaN",
  "null",
  "0x10",
  "2026-02-30T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "+275760-09-13T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "127.0.0.1/99",
  "::ffff:0:0/0",
  "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck",
  "http://[::1",
  "https://xn--.example/\u0000",
];

const NASTY_VALUES = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  -(2 ** 31) - 1,
  [],
  {},
  [[]],
  { contains: "" },
  { not: null },
  { set: [] },
  ["a", 1, null],
];

/** A value of the schema or, now and then, something nobody meant. */
export function valueOf(schema: Schema, random: Random): unknown {
  if (random.chance(0.12)) return random.pick<unknown>([...NASTY_VALUES, ...NASTY_TEXT]);
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return valueOf(random.pick(choice), random);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  if (type === "object") return objectOf(schema, random);
  if (type === "array") return Array.from({ length: random.below(4) }, () => valueOf(schema.items ?? {}, random));
  if (type === "integer" || type === "number")
    return random.pick([schema.minimum ?? 0, schema.maximum ?? 10, random.below(1000), random.below(1000) / 8]);
  if (type === "boolean") return random.chance(0.5);
  if (type === "null") return null;
  return textOf(schema, random);
}

function objectOf({ properties = {}, required = [] }: Schema, random: Random): Record<string, unknown> {
  const wanted = Object.entries(properties).filter(([name]) => random.chance(required.includes(name) ? 0.95 : 0.5));
  const object = Object.fromEntries(wanted.map(([name, property]) => [name, valueOf(property, random)]));
  return random.chance(0.05) ? { ...object, [random.pick(NASTY_TEXT)]: 1 } : object;
}

export function textOf({ format, minLength = 0, maxLength = 60 }: Schema, random: Random): string {
  if (random.chance(0.25)) return random.pick(NASTY_TEXT);
  if (format === "date-time") return new Date(Date.UTC(2000 + random.below(120), random.below(12), 1)).toISOString();
  if (format === "uri") return `https://example.com/${random.below(1e6)}`;
  const length = Math.max(minLength, random.below(Math.min(maxLength, 90)));
  return Array.from({ length }, () => random.pick([..."abcXYZ019 -_.,éß漢🦀"])).join("");
}
