import type { z } from "zod";

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

/**
 * What would be right, where the schema has no words of its own. Undefined: zod's words. A pattern is never shown: it
 * tells a reader of an API nothing.
 */
export function wordsFor(issue: Issue): string | undefined {
  if (issue.input === undefined) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return KINDS[issue.expected] && `must be ${KINDS[issue.expected]}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return Array.isArray(issue.options)
        ? `must be one of ${issue.options.map(String).join(", ")}`
        : "has none of the forms it may have";
    case "invalid_format":
      return issue.format === "regex" ? "does not have the form it must have" : undefined;
    case "too_small":
      return limit(issue.origin, "least", issue.minimum);
    case "too_big":
      return limit(issue.origin, "most", issue.maximum);
    default:
      return undefined;
  }
}

function limit(origin: string, end: "least" | "most", bound: number | bigint): string | undefined {
  const takes = end === "least" ? "needs at least" : "takes at most";
  if (origin === "string") return `${takes} ${bound} character${bound === 1 ? "" : "s"}`;
  if (origin === "array") return `${takes} ${bound}`;
  return origin === "number" || origin === "int" ? `must be at ${end} ${bound}` : undefined;
}
